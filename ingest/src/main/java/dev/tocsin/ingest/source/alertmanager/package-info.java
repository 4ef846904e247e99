// SPDX-License-Identifier: Apache-2.0
/** Prometheus Alertmanager: its webhook, and bare arrays as its own API takes them. */
@NullMarked
package dev.tocsin.ingest.source.alertmanager;

import org.jspecify.annotations.NullMarked;
