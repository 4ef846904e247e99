// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.step;

import static java.util.Objects.requireNonNull;

import dev.tocsin.schemas.alert.Severity;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** What was written under a step in its playbook, checked when that was read. */
public record Options(Map<String, String> given) {

  public String text(String name, String otherwise) {
    return given.getOrDefault(name, otherwise);
  }

  public Duration duration(String name, Duration otherwise) {
    String text = given.get(name);
    return text == null ? otherwise : requireNonNull(Option.parseDuration(text));
  }

  public Severity severity(String name, Severity otherwise) {
    String text = given.get(name);
    return text == null ? otherwise : Severity.valueOf(text.toUpperCase(Locale.ROOT));
  }
}
