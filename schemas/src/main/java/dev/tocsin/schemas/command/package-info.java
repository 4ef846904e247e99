// SPDX-License-Identifier: Apache-2.0
/** What people, and systems that speak for them, ask for. */
@NullMarked
package dev.tocsin.schemas.command;

import org.jspecify.annotations.NullMarked;
