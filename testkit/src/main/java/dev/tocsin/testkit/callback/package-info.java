// SPDX-License-Identifier: Apache-2.0
/** Vendors' webhooks on their way to us. */
@NullMarked
package dev.tocsin.testkit.callback;

import org.jspecify.annotations.NullMarked;
