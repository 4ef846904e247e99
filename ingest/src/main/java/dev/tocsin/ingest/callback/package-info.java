// SPDX-License-Identifier: Apache-2.0
/** What vendors' webhooks say was done there. */
@NullMarked
package dev.tocsin.ingest.callback;

import org.jspecify.annotations.NullMarked;
