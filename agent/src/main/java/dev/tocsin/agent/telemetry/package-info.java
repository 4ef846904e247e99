// SPDX-License-Identifier: Apache-2.0
/** What Prometheus, Loki and Grafana say when asked: read-only, bounded in time and size. */
@NullMarked
package dev.tocsin.agent.telemetry;

import org.jspecify.annotations.NullMarked;
