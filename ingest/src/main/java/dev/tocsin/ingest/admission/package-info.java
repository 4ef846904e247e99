// SPDX-License-Identifier: Apache-2.0
/** How much of each source may be in work at a time. */
@NullMarked
package dev.tocsin.ingest.admission;

import org.jspecify.annotations.NullMarked;
