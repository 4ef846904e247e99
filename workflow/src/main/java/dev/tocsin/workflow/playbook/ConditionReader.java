// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.playbook;

import dev.tocsin.workflow.playbook.Yaml.Text;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads an {@code if}, and says where in the file its faults are. */
final class ConditionReader {

  private static final Pattern UNDEFINED_FIELD = Pattern.compile("undefined field '([^']+)'");

  private final Conditions conditions;

  ConditionReader(Conditions conditions) {
    this.conditions = conditions;
  }

  /** Null when there is none, or none that can be used. */
  @Nullable String read(String file, @Nullable Yaml value, Faults faults) {
    if (value == null) {
      return null;
    }
    if (!(value instanceof Text text) || text.value().isBlank()) {
      faults.add(
          file,
          value.at(),
          "'if' should be a condition, as in incident.severity == \"CRITICAL\": was "
              + PlaybookReader.shown(value));
      return null;
    }
    List<Conditions.Problem> problems = conditions.check(text.value());
    for (Conditions.Problem problem : problems) {
      faults.add(
          file,
          text.place(problem.line(), problem.column()),
          "condition: " + problem.says() + nearestField(problem.says()));
    }
    return problems.isEmpty() ? text.value().strip() : null;
  }

  private static String nearestField(String says) {
    Matcher matcher = UNDEFINED_FIELD.matcher(says);
    if (!matcher.find()) {
      return "";
    }
    return PlaybookReader.hint(Nearest.hint(matcher.group(1), IncidentView.fields()))
        + " An incident has "
        + String.join(", ", IncidentView.fields());
  }
}
