// SPDX-License-Identifier: Apache-2.0
/** A PagerDuty to deliver to: Events API v2, and as much of the REST API as we use. */
@NullMarked
package dev.tocsin.testkit.pagerduty;

import org.jspecify.annotations.NullMarked;
