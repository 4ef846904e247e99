// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.LongSupplier;

/**
 * What the console counts. {@code tocsin.accounting.accepted = tocsin.accounting.accounted +
 * tocsin.accounting.unexplained}, and the last is zero when nothing is on its way.
 */
public final class ConsoleMetrics {

  private final MeterRegistry registry;

  public ConsoleMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** A record became part of the view. */
  public void read(String topic) {
    registry.counter("tocsin.console.view.records", "topic", topic).increment();
  }

  /** A record was passed over, as it cannot be read. */
  public void unreadable(String topic) {
    registry.counter("tocsin.console.view.unreadable", "topic", topic).increment();
  }

  /** Somebody asked for a change, and it was written down. */
  public void asked(String action) {
    registry.counter("tocsin.console.actions", "action", action).increment();
  }

  /** Somebody came without a login, or with a wrong one. */
  public void turnedAway() {
    registry.counter("tocsin.console.logins.refused").increment();
  }

  /** A number that is looked up when it is asked for. */
  public void gauge(String name, LongSupplier value) {
    Gauge.builder(name, value, LongSupplier::getAsLong).strongReference(true).register(registry);
  }
}
