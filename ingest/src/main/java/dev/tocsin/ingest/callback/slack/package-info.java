// SPDX-License-Identifier: Apache-2.0
/** What people press in Slack. */
@NullMarked
package dev.tocsin.ingest.callback.slack;

import org.jspecify.annotations.NullMarked;
