// SPDX-License-Identifier: Apache-2.0
/** The bytes of a message, within limits. */
@NullMarked
package dev.tocsin.ingest.body;

import org.jspecify.annotations.NullMarked;
