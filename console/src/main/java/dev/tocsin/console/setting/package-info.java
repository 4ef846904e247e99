// SPDX-License-Identifier: Apache-2.0
/** What people configure while the program runs: read from the view, written for all services. */
@NullMarked
package dev.tocsin.console.setting;

import org.jspecify.annotations.NullMarked;
