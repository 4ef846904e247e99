// SPDX-License-Identifier: Apache-2.0
/**
 * Alerts in, over HTTP: lets in what is authentic and small enough, maps it, and answers when it is
 * durable.
 */
@NullMarked
package dev.tocsin.ingest;

import org.jspecify.annotations.NullMarked;
