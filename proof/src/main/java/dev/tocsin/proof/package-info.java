// SPDX-License-Identifier: Apache-2.0
/**
 * The fault kit: runs the real program as a process, kills it at random instants under traffic, and
 * reads from the other side's histories whether anything was lost or doubled.
 */
@NullMarked
package dev.tocsin.proof;

import org.jspecify.annotations.NullMarked;
