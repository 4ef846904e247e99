// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.correlate;

import dev.tocsin.detection.correlate.ServicesFaultsException.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads which service depends on which, and finds all that is wrong with it.
 *
 * <pre>
 * services:
 *   checkout: {depends-on: [payments, cart]}
 *   payments: {depends-on: [postgres]}
 *   cart:
 *   postgres:
 * </pre>
 */
public final class ServicesFile {

  private static final String SERVICES = "services";
  private static final String DEPENDS_ON = "depends-on";
  private static final String RIGHT = "services: {checkout: {depends-on: [payments]}, payments: }";
  private static final int MOST_SERVICES = 10_000;

  /** Letters to add, drop or replace. */
  private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

  private final String file;
  private final List<Fault> faults = new ArrayList<>();

  /** In the order of the file, with the line of each. */
  private final SortedMap<String, SortedMap<String, Integer>> read = new TreeMap<>();

  private final Map<String, Integer> lines = new HashMap<>();

  private ServicesFile(String file) {
    this.file = file;
  }

  /** Throws a {@link ServicesFaultsException} that names all faults. */
  public static ServiceGraph read(Path file) {
    try {
      return read(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new ServicesFaultsException(
          file.toString(),
          List.of(
              new Fault(
                  1,
                  "cannot be read (%s): tocsin.detection.correlation.services-file should name a file"
                      .formatted(e))));
    }
  }

  static ServiceGraph read(String file, String text) {
    ServicesFile reader = new ServicesFile(file);
    reader.read(text);
    if (!reader.faults.isEmpty()) {
      throw new ServicesFaultsException(file, reader.faults);
    }
    SortedMap<String, SortedSet<String>> dependsOn = new TreeMap<>();
    reader.read.forEach((service, of) -> dependsOn.put(service, new TreeSet<>(of.keySet())));
    return new ServiceGraph(dependsOn);
  }

  private void read(String text) {
    Node top;
    try {
      top =
          new Compose(LoadSettings.builder().setLabel(file).build())
              .composeString(text)
              .orElse(null);
    } catch (MarkedYamlEngineException e) {
      fault(e.getProblemMark().map(ServicesFile::line).orElse(1), "not YAML: " + e.getProblem());
      return;
    } catch (YamlEngineException e) {
      fault(1, "not YAML: " + e.getMessage());
      return;
    }
    if (!(top instanceof MappingNode entries)) {
      fault(top == null ? 1 : line(top), "should be a map, as in " + RIGHT);
      return;
    }
    Node services = null;
    for (NodeTuple entry : entries.getValue()) {
      if (SERVICES.equals(text(entry.getKeyNode()))) {
        services = entry.getValueNode();
      } else {
        fault(
            line(entry.getKeyNode()), "%s: the only key here is services".formatted(shown(entry)));
      }
    }
    if (!(services instanceof MappingNode all)) {
      fault(line(services == null ? top : services), "services should be a map, as in " + RIGHT);
      return;
    }
    all.getValue().forEach(this::service);
    if (read.size() > MOST_SERVICES) {
      fault(1, "%d services: at most %d are taken".formatted(read.size(), MOST_SERVICES));
    }
    refuseUnknown();
    refuseCycles();
  }

  private void service(NodeTuple entry) {
    String name = text(entry.getKeyNode());
    int line = line(entry.getKeyNode());
    if (name == null || name.isBlank()) {
      fault(line, "the name of a service should be a word: was " + shown(entry));
      return;
    }
    Integer before = lines.putIfAbsent(name, line);
    if (before != null) {
      fault(line, "service '%s' again, it is in line %d already".formatted(name, before));
      return;
    }
    SortedMap<String, Integer> of = new TreeMap<>();
    read.put(name, of);
    switch (entry.getValueNode()) {
      case MappingNode told -> told.getValue().forEach(one -> told(name, one, of));
      case ScalarNode nothing when nothing.getValue().isBlank() -> {}
      case Node other ->
          fault(
              line(other), "service '%s' should be empty, or {depends-on: [...]}".formatted(name));
    }
  }

  private void told(String name, NodeTuple one, SortedMap<String, Integer> of) {
    if (!DEPENDS_ON.equals(text(one.getKeyNode()))) {
      fault(
          line(one.getKeyNode()),
          "service '%s': %s: the only key here is depends-on".formatted(name, shown(one)));
      return;
    }
    if (!(one.getValueNode() instanceof SequenceNode list)) {
      fault(
          line(one.getKeyNode()),
          "service '%s': depends-on should be a list, as in [payments, cart]".formatted(name));
      return;
    }
    for (Node item : list.getValue()) {
      String dependency = text(item);
      if (dependency == null || dependency.isBlank()) {
        fault(line(item), "service '%s': what it depends on should be a word".formatted(name));
      } else if (of.putIfAbsent(dependency, line(item)) != null) {
        fault(line(item), "service '%s' depends on '%s' twice".formatted(name, dependency));
      }
    }
  }

  private void refuseUnknown() {
    read.forEach(
        (service, of) ->
            of.forEach(
                (dependency, line) -> {
                  if (!lines.containsKey(dependency)) {
                    fault(
                        line,
                        "service '%s' depends on '%s', which is not among the services%s"
                            .formatted(service, dependency, hint(dependency, read.keySet())));
                  }
                }));
  }

  /** Each cycle once: nothing in it could be called the first cause. */
  private void refuseCycles() {
    Map<String, Boolean> left = new HashMap<>();
    for (String service : read.keySet()) {
      if (!left.containsKey(service)) {
        walk(service, left);
      }
    }
  }

  /**
   * Goes down all ways from a service, without recursion: a file may hold one of thousands.
   *
   * @param left true for a service all of whose dependencies have been walked, false while they are
   */
  private void walk(String start, Map<String, Boolean> left) {
    List<String> way = new ArrayList<>();
    ArrayDeque<Iterator<String>> open = new ArrayDeque<>();
    String entered = start;
    while (entered != null || !open.isEmpty()) {
      if (entered != null) {
        left.put(entered, false);
        way.add(entered);
        open.push(read.getOrDefault(entered, new TreeMap<>()).keySet().iterator());
        entered = null;
      } else if (!open.getFirst().hasNext()) {
        open.pop();
        left.put(way.removeLast(), true);
      } else {
        String next = open.getFirst().next();
        Boolean known = left.get(next);
        if (known == null) {
          entered = next;
        } else if (!known) {
          cycle(way.subList(way.indexOf(next), way.size()));
        }
      }
    }
  }

  private void cycle(List<String> services) {
    List<String> links = new ArrayList<>();
    int first = Integer.MAX_VALUE;
    for (int i = 0; i < services.size(); i++) {
      String from = services.get(i);
      String to = services.get((i + 1) % services.size());
      int line = read.getOrDefault(from, new TreeMap<>()).getOrDefault(to, 1);
      first = Math.min(first, line);
      links.add("%s depends on %s (line %d)".formatted(from, to, line));
    }
    fault(
        first,
        "a cycle: %s. Leave out the one that matters least: a cycle has no first cause"
            .formatted(links.stream().collect(Collectors.joining(", "))));
  }

  private void fault(int line, String says) {
    faults.add(new Fault(line, says));
  }

  private static @Nullable String text(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : null;
  }

  private static String shown(NodeTuple entry) {
    String text = text(entry.getKeyNode());
    return text == null ? "a list or map" : "'" + text + "'";
  }

  private static int line(Node node) {
    return node.getStartMark().map(ServicesFile::line).orElse(1);
  }

  private static int line(Mark mark) {
    return mark.getLine() + 1;
  }

  private static String hint(String given, Collection<String> known) {
    return known.stream()
        .filter(word -> DISTANCE.apply(given, word) <= Math.max(2, given.length() / 3))
        .min(Comparator.comparingInt(word -> DISTANCE.apply(given, word)))
        .map(word -> ": did you mean '" + word + "'?")
        .orElse(": list it too");
  }
}
