// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.knowledge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A directory of runbooks in Markdown, cut into passages at their headings.
 *
 * <p>A file may begin with front matter that says what it is for:
 *
 * <pre>
 * ---
 * labels: {service: checkout, alertname: HighErrorRate}
 * ---
 * </pre>
 */
public final class RunbookDirectory {

  private static final Logger LOG = LoggerFactory.getLogger(RunbookDirectory.class);
  private static final int MOST_FILES = 500;
  private static final long LARGEST_FILE = 1 << 20;
  private static final int LONGEST_TEXT = 2_000;
  private static final int LONGEST_PASSAGE = 1_000;
  private static final int MOST_PASSAGES = 40;
  private static final Pattern FRONT_MATTER =
      Pattern.compile("\\A---\\R(.{0,4000}?)\\R---\\R", Pattern.DOTALL);
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6}\\s+(.{1,200})$");

  private RunbookDirectory() {}

  /** All runbooks below a directory. A file that cannot be read is named and left out. */
  public static List<Runbook> read(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new IllegalArgumentException(
          "tocsin.agent.runbooks-dir should be a directory: was " + directory.toAbsolutePath());
    }
    List<Runbook> runbooks = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory)) {
      files
          .filter(file -> file.toString().endsWith(".md") && Files.isRegularFile(file))
          .sorted()
          .limit(MOST_FILES)
          .forEach(file -> add(file, runbooks));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(runbooks);
  }

  private static void add(Path file, List<Runbook> to) {
    try {
      if (Files.size(file) > LARGEST_FILE) {
        LOG.warn("runbook {} is larger than {} bytes, and left out", file, LARGEST_FILE);
        return;
      }
      to.add(
          parse(file.getFileName().toString().replaceFirst("\\.md$", ""), Files.readString(file)));
    } catch (IOException | YAMLException e) {
      LOG.warn("runbook {} cannot be read, and is left out: {}", file, e.getMessage());
    }
  }

  static Runbook parse(String name, String markdown) {
    Matcher front = FRONT_MATTER.matcher(markdown);
    boolean hasFront = front.find();
    Map<String, String> labels = hasFront ? labels(front.group(1)) : Map.of();
    String text = hasFront ? markdown.substring(front.end()) : markdown;
    Matcher first = HEADING.matcher(text);
    String title = first.find() ? first.group(1).strip() : name;
    return new Runbook(
        name, title, labels, cut(text.strip(), LONGEST_TEXT), passages(name, title, text));
  }

  private static Map<String, String> labels(String yaml) {
    Map<String, String> labels = new HashMap<>();
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(0);
    Object front = new Yaml(new SafeConstructor(options)).load(yaml);
    if (front instanceof Map<?, ?> map && map.get("labels") instanceof Map<?, ?> wanted) {
      wanted.forEach((label, value) -> labels.put(String.valueOf(label), String.valueOf(value)));
    }
    return Map.copyOf(labels);
  }

  private static List<Passage> passages(String name, String title, String text) {
    List<Passage> passages = new ArrayList<>();
    Matcher heading = HEADING.matcher(text);
    String current = title;
    int from = 0;
    while (heading.find() && passages.size() < MOST_PASSAGES) {
      addPassage(passages, name, title, current, text.substring(from, heading.start()));
      current = heading.group(1).strip();
      from = heading.end();
    }
    addPassage(passages, name, title, current, text.substring(from));
    return List.copyOf(passages);
  }

  private static void addPassage(
      List<Passage> to, String name, String title, String heading, String body) {
    if (!body.isBlank()) {
      String whole = heading.equals(title) ? title : title + ": " + heading;
      to.add(
          new Passage(
              name + '#' + to.size(), whole, whole + '\n' + cut(body.strip(), LONGEST_PASSAGE)));
    }
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most);
  }
}
