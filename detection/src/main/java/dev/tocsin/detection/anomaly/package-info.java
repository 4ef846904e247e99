// SPDX-License-Identifier: Apache-2.0
/** When a metric is off the band it was expected in. All pure. */
@NullMarked
package dev.tocsin.detection.anomaly;

import org.jspecify.annotations.NullMarked;
