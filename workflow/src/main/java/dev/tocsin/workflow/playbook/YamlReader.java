// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.playbook;

import dev.tocsin.workflow.playbook.Yaml.Entries;
import dev.tocsin.workflow.playbook.Yaml.Entry;
import dev.tocsin.workflow.playbook.Yaml.Items;
import dev.tocsin.workflow.playbook.Yaml.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.StreamStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads the part of YAML that playbooks are written in: text, lists and maps. What makes YAML
 * dangerous or surprising (aliases, tags, typed scalars, repeated keys) is refused or left out.
 */
final class YamlReader {

  private static final int DEEPEST = 12;

  private final String file;
  private final List<String> lines;
  private final Iterator<Event> events;
  private final Faults faults;

  private YamlReader(String file, String text, Faults faults) {
    this.file = file;
    this.lines = text.lines().toList();
    this.faults = faults;
    this.events =
        new Parse(LoadSettings.builder().setLabel(file).build()).parseString(text).iterator();
  }

  /** Null when the file holds nothing, or is no YAML: then a fault says so. */
  static @Nullable Yaml read(String file, String text, Faults faults) {
    try {
      return new YamlReader(file, text, faults).document();
    } catch (MarkedYamlEngineException e) {
      At at = e.getProblemMark().map(YamlReader::at).orElse(At.START);
      faults.add(file, at, "not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      faults.add(file, At.START, "not YAML: " + e.getMessage());
    } catch (TooDeep e) {
      faults.add(file, e.at, "nested deeper than " + DEEPEST + " levels");
    }
    return null;
  }

  private @Nullable Yaml document() {
    Yaml first = null;
    int documents = 0;
    while (events.hasNext()) {
      Event event = events.next();
      switch (event) {
        case DocumentStartEvent _ -> {
          if (++documents == 2) {
            faults.add(file, at(event), "a second document: one file holds one playbook");
            return first;
          }
        }
        case NodeEvent node -> first = node(node, 1);
        case StreamStartEvent _, DocumentEndEvent _ -> {}
        default -> {}
      }
    }
    return first;
  }

  private Yaml node(Event event, int depth) {
    if (depth > DEEPEST) {
      throw new TooDeep(at(event));
    }
    refuseAnchorsAndTags(event);
    return switch (event) {
      case ScalarEvent scalar -> text(scalar);
      case MappingStartEvent _ -> entries(at(event), depth);
      case CollectionStartEvent _ -> items(at(event), depth);
      default -> new Text("", at(event), true, false, 0);
    };
  }

  private void refuseAnchorsAndTags(Event event) {
    if (event instanceof AliasEvent alias) {
      faults.add(
          file, at(event), "alias *" + alias.getAlias() + ": write it out, aliases are not taken");
      return;
    }
    if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
      faults.add(
          file,
          at(event),
          "anchor &" + node.getAnchor().get() + ": leave it out, aliases are not taken");
    }
    Optional<String> tag =
        switch (event) {
          case ScalarEvent e -> e.getTag();
          case CollectionStartEvent e -> e.getTag();
          default -> Optional.empty();
        };
    tag.filter(t -> !t.equals("!"))
        .ifPresent(t -> faults.add(file, at(event), "tag " + t + ": leave it out"));
  }

  private Text text(ScalarEvent scalar) {
    At at = at(scalar);
    return new Text(
        scalar.getValue(),
        at,
        scalar.isSQuoted() || scalar.isDQuoted(),
        scalar.isLiteral(),
        scalar.isLiteral() ? indentAfter(at.line()) : 0);
  }

  private int indentAfter(int line) {
    return lines.stream()
        .skip(line)
        .filter(l -> !l.isBlank())
        .mapToInt(l -> l.length() - l.stripLeading().length())
        .findFirst()
        .orElse(0);
  }

  private Items items(At at, int depth) {
    List<Yaml> items = new ArrayList<>();
    for (Event e = events.next(); !(e instanceof CollectionEndEvent); e = events.next()) {
      items.add(node(e, depth + 1));
    }
    return new Items(List.copyOf(items), at);
  }

  private Entries entries(At at, int depth) {
    List<Entry> entries = new ArrayList<>();
    Map<String, At> seen = new HashMap<>();
    for (Event e = events.next(); !(e instanceof CollectionEndEvent); e = events.next()) {
      Yaml key = node(e, depth + 1);
      Yaml value = node(events.next(), depth + 1);
      if (!(key instanceof Text name)) {
        faults.add(file, key.at(), "a key should be a word");
        continue;
      }
      At before = seen.putIfAbsent(name.value(), name.at());
      if (before != null) {
        faults.add(
            file,
            name.at(),
            "key '%s' again, it is in line %d already".formatted(name.value(), before.line()));
        continue;
      }
      entries.add(new Entry(name, value));
    }
    return new Entries(List.copyOf(entries), at);
  }

  private static At at(Event event) {
    return event.getStartMark().map(YamlReader::at).orElse(At.START);
  }

  private static At at(Mark mark) {
    return new At(mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static final class TooDeep extends RuntimeException {

    private final transient At at;

    TooDeep(At at) {
      this.at = at;
    }
  }
}
