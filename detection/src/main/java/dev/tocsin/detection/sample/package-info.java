// SPDX-License-Identifier: Apache-2.0
/** Where values of metrics come from: alerts, a polled Prometheus, a file. */
@NullMarked
package dev.tocsin.detection.sample;

import org.jspecify.annotations.NullMarked;
