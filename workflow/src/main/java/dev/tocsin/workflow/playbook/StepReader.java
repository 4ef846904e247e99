// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.playbook;

import dev.tocsin.workflow.playbook.Playbook.PlannedStep;
import dev.tocsin.workflow.playbook.Yaml.Entries;
import dev.tocsin.workflow.playbook.Yaml.Entry;
import dev.tocsin.workflow.playbook.Yaml.Items;
import dev.tocsin.workflow.playbook.Yaml.Text;
import dev.tocsin.workflow.step.Option;
import dev.tocsin.workflow.step.StepAction;
import dev.tocsin.workflow.step.StepCatalog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the {@code steps} of a playbook: each a map with one kind, and maybe a name and an if. */
final class StepReader {

  private static final int MOST = 50;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 _-]{0,59}");

  private final StepCatalog catalog;
  private final ConditionReader conditions;

  StepReader(StepCatalog catalog, ConditionReader conditions) {
    this.catalog = catalog;
    this.conditions = conditions;
  }

  List<PlannedStep> read(String file, Entries top, Faults faults) {
    Yaml value = top.get("steps");
    if (!(value instanceof Items list) || list.items().isEmpty()) {
      faults.add(
          file,
          value == null ? top.at() : value.at(),
          "'steps' should be a list of 1 to %d steps, each one of %s"
              .formatted(MOST, String.join(", ", catalog.kinds())));
      return List.of();
    }
    if (list.items().size() > MOST) {
      faults.add(
          file,
          list.items().get(MOST).at(),
          "step %d of %d: a playbook has at most %d"
              .formatted(MOST + 1, list.items().size(), MOST));
    }
    List<PlannedStep> steps = new ArrayList<>();
    Map<String, At> names = new HashMap<>();
    for (Yaml item : list.items()) {
      PlannedStep step = step(file, item, faults);
      if (step != null) {
        At before = names.putIfAbsent(step.name(), item.at());
        if (before != null) {
          faults.add(
              file,
              item.at(),
              "a second step named '%s', the first is in line %d: give it a 'name'"
                  .formatted(step.name(), before.line()));
        }
        steps.add(step);
      }
    }
    return List.copyOf(steps);
  }

  private @Nullable PlannedStep step(String file, Yaml item, Faults faults) {
    String kinds = String.join(", ", catalog.kinds());
    if (item instanceof Text word && catalog.find(word.value()) != null) {
      return new PlannedStep(word.value(), word.value(), Map.of(), null);
    }
    if (!(item instanceof Entries entries)) {
      faults.add(
          file,
          item.at(),
          "a step should be one of %s: was %s".formatted(kinds, PlaybookReader.shown(item)));
      return null;
    }
    Entry kind = kind(file, entries, kinds, faults);
    String condition = conditions.read(file, entries.get("if"), faults);
    if (kind == null) {
      return null;
    }
    String word = kind.key().value();
    String name = word;
    if (entries.get("name") instanceof Yaml given) {
      if (given instanceof Text text && NAME.matcher(text.value()).matches()) {
        name = text.value();
      } else {
        faults.add(
            file,
            given.at(),
            "'name' should be letters, digits, spaces, _ and -, at most 60: was "
                + PlaybookReader.shown(given));
      }
    }
    StepAction action = catalog.find(word);
    Map<String, String> options =
        action == null ? Map.of() : options(file, action, kind.value(), faults);
    return new PlannedStep(name, word, options, condition);
  }

  /** The one entry that is neither name nor if. */
  private @Nullable Entry kind(String file, Entries entries, String kinds, Faults faults) {
    List<Entry> others =
        entries.entries().stream()
            .filter(e -> !e.key().value().equals("name") && !e.key().value().equals("if"))
            .toList();
    List<Entry> known = others.stream().filter(e -> catalog.find(e.key().value()) != null).toList();
    if (others.isEmpty()) {
      faults.add(file, entries.at(), "a step should say what it does, one of " + kinds);
    }
    if (known.size() > 1) {
      faults.add(
          file,
          known.get(1).key().at(),
          "'%s' in a step that is '%s' already: make it a step of its own"
              .formatted(known.get(1).key().value(), known.getFirst().key().value()));
    }
    for (Entry other : others) {
      String given = other.key().value();
      if (catalog.find(given) == null) {
        String says =
            known.isEmpty()
                ? "unknown kind of step '%s'%s There are %s"
                    .formatted(given, hint(given, catalog.kinds()), kinds)
                : "unknown key '%s'%s A step has name, if and one of %s"
                    .formatted(given, hint(given, List.of("name", "if")), kinds);
        faults.add(file, other.key().at(), says);
      }
    }
    return known.isEmpty() ? null : known.getFirst();
  }

  private static Map<String, String> options(
      String file, StepAction action, Yaml value, Faults faults) {
    List<String> names = action.options().stream().map(Option::name).toList();
    if (value.isEmpty()) {
      return Map.of();
    }
    if (!(value instanceof Entries entries)) {
      faults.add(
          file,
          value.at(),
          "'%s' should be a map of %s: was %s"
              .formatted(action.kind(), String.join(", ", names), PlaybookReader.shown(value)));
      return Map.of();
    }
    Map<String, String> options = new LinkedHashMap<>();
    for (Entry entry : entries.entries()) {
      String name = entry.key().value();
      Option option =
          action.options().stream().filter(o -> o.name().equals(name)).findFirst().orElse(null);
      if (option == null) {
        faults.add(
            file,
            entry.key().at(),
            "'%s' has no '%s'%s It has %s"
                .formatted(action.kind(), name, hint(name, names), String.join(", ", names)));
      } else if (entry.value() instanceof Text text && option.allows().test(text.value())) {
        options.put(name, text.value());
      } else {
        faults.add(
            file,
            entry.value().at(),
            "'%s' should be %s: was %s"
                .formatted(name, option.right(), PlaybookReader.shown(entry.value())));
      }
    }
    return Map.copyOf(options);
  }

  private static String hint(String given, Iterable<String> known) {
    List<String> words = new ArrayList<>();
    known.forEach(words::add);
    return PlaybookReader.hint(Nearest.hint(given, words));
  }
}
