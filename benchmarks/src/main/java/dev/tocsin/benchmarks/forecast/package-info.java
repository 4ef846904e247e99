// SPDX-License-Identifier: Apache-2.0
/** The figures of forecasts, on series of resources that fill. */
@NullMarked
package dev.tocsin.benchmarks.forecast;

import org.jspecify.annotations.NullMarked;
