// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.tool;

import dev.tocsin.agent.telemetry.TelemetryException;
import dev.tocsin.schemas.context.Evidence;
import java.time.Instant;
import java.util.List;

/** Something a model may call. It reads, and nothing else; what it read is evidence. */
public interface Tool {

  String name();

  /** What it is good for, told to the model. */
  String description();

  List<Parameter> parameters();

  /** Calls it with arguments that fit its parameters. The evidence has no id yet. */
  Evidence call(Arguments arguments, Instant now)
      throws Refusal, TelemetryException, InterruptedException;

  /** What a tool takes. All are text, as small models get types wrong. */
  record Parameter(String name, String description, boolean required) {}

  /** A call that is not made, and what would be right. */
  final class Refusal extends Exception {

    public Refusal(String message) {
      super(message);
    }
  }
}
