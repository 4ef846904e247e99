// SPDX-License-Identifier: Apache-2.0
/** Who may ask the console, and how they prove it. */
@NullMarked
package dev.tocsin.console.auth;

import org.jspecify.annotations.NullMarked;
