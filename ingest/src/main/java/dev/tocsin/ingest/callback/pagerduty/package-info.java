// SPDX-License-Identifier: Apache-2.0
/** PagerDuty's webhooks, version 3. */
@NullMarked
package dev.tocsin.ingest.callback.pagerduty;

import org.jspecify.annotations.NullMarked;
