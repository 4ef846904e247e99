// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.playbook;

import dev.tocsin.schemas.incident.Incident;
import dev.tocsin.workflow.step.StepCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The playbooks in use: those of a directory, else the one that ships. */
public final class Playbooks {

  private static final String DEFAULT = "default.yml";
  private static final int LARGEST_FILE = 64 << 10;
  private static final int MOST_FILES = 200;

  private final List<Playbook> all;
  private final Conditions conditions;

  private Playbooks(List<Playbook> all, Conditions conditions) {
    this.all = List.copyOf(all);
    this.conditions = conditions;
  }

  /**
   * @param directory null takes the playbook that ships, and so does a directory without one
   * @throws PlaybookFaultsException with all faults of all files
   */
  public static Playbooks load(
      @Nullable Path directory, StepCatalog catalog, Conditions conditions) {
    Faults faults = new Faults();
    Map<String, byte[]> files = directory == null ? Map.of() : files(directory, faults);
    if (files.isEmpty() && faults.count() == 0) {
      files = Map.of(DEFAULT, shipped());
    }
    return read(files, catalog, conditions, faults);
  }

  static Playbooks read(
      Map<String, byte[]> files, StepCatalog catalog, Conditions conditions, Faults faults) {
    PlaybookReader reader = new PlaybookReader(catalog, conditions);
    List<Playbook> all = new ArrayList<>();
    Map<String, String> names = new HashMap<>();
    for (String file : files.keySet().stream().sorted().toList()) {
      String text = text(file, files.getOrDefault(file, new byte[0]), faults);
      Playbook playbook = text == null ? null : reader.read(file, text, faults);
      if (playbook != null) {
        String before = names.putIfAbsent(playbook.name(), file);
        if (before != null) {
          faults.add(
              file,
              At.START,
              "a second playbook named '" + playbook.name() + "', the first is in " + before);
        }
        all.add(playbook);
      }
    }
    faults.throwIfAny();
    return new Playbooks(all, conditions);
  }

  /** Those that a trigger starts, whatever their condition says. */
  public List<Playbook> startedBy(Trigger trigger) {
    return all.stream().filter(p -> p.on().contains(trigger)).toList();
  }

  public Conditions.Answer ask(@Nullable String condition, Incident incident) {
    return conditions.ask(condition, incident);
  }

  /** For a line in the log at start. */
  public List<String> names() {
    return all.stream().map(p -> p.name() + ' ' + p.version()).toList();
  }

  private static @Nullable String text(String file, byte[] bytes, Faults faults) {
    if (bytes.length > LARGEST_FILE) {
      faults.add(file, At.START, "larger than " + (LARGEST_FILE >> 10) + " KiB");
      return null;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      faults.add(file, At.START, "not UTF-8");
      return null;
    }
  }

  private static Map<String, byte[]> files(Path directory, Faults faults) {
    if (!Files.isDirectory(directory)) {
      faults.add(
          directory.toString(),
          At.START,
          "no such directory: tocsin.workflow.playbooks-dir should name one that holds *.yml");
      return Map.of();
    }
    Map<String, byte[]> files = new HashMap<>();
    try (Stream<Path> paths = Files.list(directory)) {
      List<Path> found = paths.filter(Playbooks::isPlaybook).sorted().toList();
      if (found.size() > MOST_FILES) {
        // One that is left out in silence would page nobody in silence.
        faults.add(
            directory.toString(),
            At.START,
            "%d playbooks: at most %d are read".formatted(found.size(), MOST_FILES));
      }
      for (Path path : found.stream().limit(MOST_FILES).toList()) {
        try (InputStream in = Files.newInputStream(path)) {
          files.put(path.getFileName().toString(), in.readNBytes(LARGEST_FILE + 1));
        }
      }
    } catch (IOException e) {
      faults.add(directory.toString(), At.START, "cannot be read: " + e);
    }
    return files;
  }

  private static boolean isPlaybook(Path path) {
    String name = path.getFileName().toString();
    return Files.isRegularFile(path) && (name.endsWith(".yml") || name.endsWith(".yaml"));
  }

  private static byte[] shipped() {
    try (InputStream in = Playbooks.class.getResourceAsStream("/playbooks/" + DEFAULT)) {
      if (in == null) {
        throw new IllegalStateException("playbooks/" + DEFAULT + " is not on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("playbooks/" + DEFAULT + " cannot be read", e);
    }
  }
}
