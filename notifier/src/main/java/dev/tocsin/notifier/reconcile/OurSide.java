// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import dev.tocsin.notifier.watch.NotifierMetrics;
import java.time.InstantSource;

/** What the rounds share: how things stand here, and how to change that. */
record OurSide(
    IncidentFeed feed,
    WatchList watchList,
    Outbox outbox,
    NotifierMetrics metrics,
    InstantSource clock) {}
