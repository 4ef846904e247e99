// SPDX-License-Identifier: Apache-2.0
/** A played outage against the real program, with receivers of our own. */
@NullMarked
package dev.tocsin.launcher.demo;

import org.jspecify.annotations.NullMarked;
