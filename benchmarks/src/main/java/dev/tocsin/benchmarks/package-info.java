// SPDX-License-Identifier: Apache-2.0
/**
 * A measurement for every figure we publish. Everything runs on this machine, bounded in count and
 * time.
 */
@NullMarked
package dev.tocsin.benchmarks;

import org.jspecify.annotations.NullMarked;
