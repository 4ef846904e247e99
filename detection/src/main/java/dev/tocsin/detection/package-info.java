// SPDX-License-Identifier: Apache-2.0
/** Alerts and samples to anomalies and incidents: one exactly-once topology. */
@NullMarked
package dev.tocsin.detection;

import org.jspecify.annotations.NullMarked;
