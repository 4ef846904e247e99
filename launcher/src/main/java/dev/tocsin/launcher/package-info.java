// SPDX-License-Identifier: Apache-2.0
/** All services in one JVM. Composes, decides nothing. */
@NullMarked
package dev.tocsin.launcher;

import org.jspecify.annotations.NullMarked;
