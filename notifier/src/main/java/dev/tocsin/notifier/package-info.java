// SPDX-License-Identifier: Apache-2.0
/** Notifications to deliveries: one lane for each endpoint, and workers that make the calls. */
@NullMarked
package dev.tocsin.notifier;

import org.jspecify.annotations.NullMarked;
