// SPDX-License-Identifier: Apache-2.0
/** What was done at a vendor's, as the vendor's webhooks tell it. */
@NullMarked
package dev.tocsin.schemas.callback;

import org.jspecify.annotations.NullMarked;
