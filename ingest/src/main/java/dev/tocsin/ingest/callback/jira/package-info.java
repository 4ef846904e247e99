// SPDX-License-Identifier: Apache-2.0
/** Jira's webhooks. */
@NullMarked
package dev.tocsin.ingest.callback.jira;

import org.jspecify.annotations.NullMarked;
