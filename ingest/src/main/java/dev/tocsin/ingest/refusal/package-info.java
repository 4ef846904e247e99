// SPDX-License-Identifier: Apache-2.0
/** Why a message was not taken, in words and as an HTTP status. */
@NullMarked
package dev.tocsin.ingest.refusal;

import org.jspecify.annotations.NullMarked;
