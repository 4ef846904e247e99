// SPDX-License-Identifier: Apache-2.0
/**
 * The fault kit: runs the real program as processes, kills and freezes them by a schedule while
 * those it delivers to misbehave, and reads from their histories and the topics whether anything
 * was lost or doubled.
 */
@NullMarked
package dev.tocsin.proof;

import org.jspecify.annotations.NullMarked;
