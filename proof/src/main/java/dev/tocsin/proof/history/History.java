// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.history;

import dev.tocsin.schemas.topic.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Entries as they come, one JSON object a line in a file, and here. */
public final class History implements AutoCloseable {

  private final List<Entry> entries = new ArrayList<>();
  private final BufferedWriter file;

  private History(BufferedWriter file) {
    this.file = file;
  }

  public static History in(Path file) {
    try {
      return new History(Files.newBufferedWriter(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static List<Entry> read(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.map(line -> Json.MAPPER.readValue(line, Entry.class)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public synchronized void add(Entry entry) {
    entries.add(entry);
    try {
      file.write(Json.MAPPER.writerFor(Entry.class).writeValueAsString(entry));
      file.newLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }

  @Override
  public synchronized void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
