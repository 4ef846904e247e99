// SPDX-License-Identifier: Apache-2.0
/** Pages over PagerDuty: Events API v2, and REST for notes. */
@NullMarked
package dev.tocsin.notifier.channel.pagerduty;

import org.jspecify.annotations.NullMarked;
