// SPDX-License-Identifier: Apache-2.0
/** Signatures of outbound webhooks, in the format of Standard Webhooks. */
@NullMarked
package dev.tocsin.schemas.signature;

import org.jspecify.annotations.NullMarked;
