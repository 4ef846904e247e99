// SPDX-License-Identifier: Apache-2.0
/** What a source says, mapped to our words. Each kind of source is a package below this one. */
@NullMarked
package dev.tocsin.ingest.source;

import org.jspecify.annotations.NullMarked;
