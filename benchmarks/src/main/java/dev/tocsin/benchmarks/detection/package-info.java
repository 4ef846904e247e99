// SPDX-License-Identifier: Apache-2.0
/** How well the detector of metric anomalies does on labelled series, and what it costs. */
@NullMarked
package dev.tocsin.benchmarks.detection;

import org.jspecify.annotations.NullMarked;
