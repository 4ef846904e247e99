// SPDX-License-Identifier: Apache-2.0
/** Who may post to a source, and how they prove it. */
@NullMarked
package dev.tocsin.ingest.auth;

import org.jspecify.annotations.NullMarked;
