// SPDX-License-Identifier: Apache-2.0
/** Samples that a Prometheus pushes: remote write 1.0 and 2.0, read and chosen from. */
@NullMarked
package dev.tocsin.ingest.push;

import org.jspecify.annotations.NullMarked;
