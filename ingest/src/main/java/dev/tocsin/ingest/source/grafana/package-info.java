// SPDX-License-Identifier: Apache-2.0
/** Grafana: unified alerting, and the legacy alerting before it. */
@NullMarked
package dev.tocsin.ingest.source.grafana;

import org.jspecify.annotations.NullMarked;
