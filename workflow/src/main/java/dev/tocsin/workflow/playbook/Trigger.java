// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.playbook;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What starts a playbook. */
public enum Trigger {
  INCIDENT_OPENED("incident.opened"),
  INCIDENT_REOPENED("incident.reopened");

  private final String word;

  Trigger(String word) {
    this.word = word;
  }

  static @Nullable Trigger find(String word) {
    return Arrays.stream(values()).filter(t -> t.word.equals(word)).findFirst().orElse(null);
  }

  static List<String> words() {
    return Arrays.stream(values()).map(t -> t.word).toList();
  }
}
