// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.playbook;

import dev.tocsin.schemas.ContentId;
import dev.tocsin.workflow.playbook.Playbook.PlannedStep;
import dev.tocsin.workflow.playbook.Yaml.Entries;
import dev.tocsin.workflow.playbook.Yaml.Items;
import dev.tocsin.workflow.playbook.Yaml.Text;
import dev.tocsin.workflow.step.StepCatalog;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one playbook, and finds all that is wrong with it. */
final class PlaybookReader {

  private static final List<String> KEYS = List.of("name", "version", "on", "if", "steps");
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,59}");
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,39}");

  private final StepReader stepReader;
  private final ConditionReader conditionReader;

  PlaybookReader(StepCatalog catalog, Conditions conditions) {
    this.conditionReader = new ConditionReader(conditions);
    this.stepReader = new StepReader(catalog, conditionReader);
  }

  /** Null when it has a fault. */
  @Nullable Playbook read(String file, String text, Faults faults) {
    int before = faults.count();
    Yaml yaml = YamlReader.read(file, text, faults);
    if (yaml == null || yaml.isEmpty()) {
      if (faults.count() == before) {
        faults.add(file, At.START, "empty: a playbook has " + String.join(", ", KEYS));
      }
      return null;
    }
    if (!(yaml instanceof Entries top)) {
      faults.add(file, yaml.at(), "a playbook should be a map of " + String.join(", ", KEYS));
      return null;
    }
    for (Yaml.Entry entry : top.entries()) {
      String key = entry.key().value();
      if (!KEYS.contains(key)) {
        faults.add(
            file,
            entry.key().at(),
            "unknown key '%s'%s A playbook has %s"
                .formatted(key, hint(Nearest.hint(key, KEYS)), String.join(", ", KEYS)));
      }
    }
    String name = word(file, top, "name", NAME, "lower-case letters, digits and -", faults);
    if (name == null) {
      name = "";
    }
    String version =
        top.get("version") == null
            ? ContentId.of("v", text).substring(0, 10)
            : word(file, top, "version", VERSION, "letters, digits, . _ and -", faults);
    Set<Trigger> on = on(file, top, faults);
    String condition = conditionReader.read(file, top.get("if"), faults);
    List<PlannedStep> steps = stepReader.read(file, top, faults);
    if (faults.count() > before || version == null) {
      return null;
    }
    return new Playbook(name, version, on, condition, steps);
  }

  private static @Nullable String word(
      String file, Entries top, String key, Pattern pattern, String right, Faults faults) {
    Yaml value = top.get(key);
    if (value instanceof Text text && pattern.matcher(text.value()).matches()) {
      return text.value();
    }
    String says =
        value == null
            ? "'" + key + "' is missing"
            : "'%s' should be %s: was %s".formatted(key, right, shown(value));
    faults.add(file, value == null ? top.at() : value.at(), says);
    return null;
  }

  private static Set<Trigger> on(String file, Entries top, Faults faults) {
    Set<Trigger> on = EnumSet.noneOf(Trigger.class);
    Yaml value = top.get("on");
    String known = String.join(", ", Trigger.words());
    if (value == null || value.isEmpty() || value instanceof Items list && list.items().isEmpty()) {
      At at = value == null ? top.at() : value.at();
      faults.add(file, at, "'on' is missing: it says what starts the playbook, of " + known);
      return on;
    }
    for (Yaml item : value instanceof Items list ? list.items() : List.of(value)) {
      Trigger trigger = item instanceof Text text ? Trigger.find(text.value()) : null;
      if (trigger == null) {
        String given = shown(item);
        faults.add(
            file,
            item.at(),
            "nothing known as %s%s There are %s"
                .formatted(given, hint(Nearest.hint(given, Trigger.words())), known));
      } else {
        on.add(trigger);
      }
    }
    return on;
  }

  static String hint(String hint) {
    return hint.isEmpty() ? "." : hint;
  }

  static String shown(Yaml value) {
    return switch (value) {
      case Text text -> text.value().isBlank() ? "empty" : "'" + text.value() + "'";
      case Items _ -> "a list";
      case Entries _ -> "a map";
    };
  }
}
