// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.benchmarks.detection;

import dev.tocsin.benchmarks.detection.LabelledSeries.Window;
import dev.tocsin.schemas.topic.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Reads the labelled series, which are not part of the product, from where they lie. */
final class Datasets {

  /** Marked rows no farther apart than this are about one event. */
  private static final int SAME_EVENT = 7;

  private Datasets() {}

  /** The Numenta Anomaly Benchmark: 58 series, 116 windows. */
  static List<LabelledSeries> nab(Path directory) throws IOException {
    JsonNode windows =
        Json.MAPPER.readTree(Files.readString(directory.resolve("labels/combined_windows.json")));
    List<LabelledSeries> all = new ArrayList<>();
    for (Path file : files(directory.resolve("data"))) {
      String name = folder(file) + "/" + file.getFileName();
      List<String[]> rows = rows(file);
      long[] seconds = seconds(rows);
      List<Window> marked = new ArrayList<>();
      for (JsonNode window : windows.path(name)) {
        marked.add(
            new Window(
                rowAt(seconds, window.get(0).asString()),
                rowAt(seconds, window.get(1).asString())));
      }
      all.add(new LabelledSeries(name.split("/", 2)[0], name, seconds, values(rows), marked));
    }
    return all;
  }

  private static String folder(Path file) {
    return file.getName(file.getNameCount() - 2).toString();
  }

  /** The development half of Microsoft's cloud monitoring data set: 30 series. */
  static List<LabelledSeries> cloud(Path directory) throws IOException {
    List<LabelledSeries> all = new ArrayList<>();
    for (Path file : files(directory)) {
      List<String[]> rows = rows(file);
      List<Window> events = new ArrayList<>();
      for (int row = 0; row < rows.size(); row++) {
        boolean marked = rows.get(row).length > 2 && rows.get(row)[2].startsWith("1");
        if (marked && !events.isEmpty() && row - events.getLast().last() <= SAME_EVENT) {
          events.set(events.size() - 1, new Window(events.getLast().first(), row));
        } else if (marked) {
          events.add(new Window(row, row));
        }
      }
      String kind = folder(file);
      all.add(
          new LabelledSeries(
              kind, kind + "/" + file.getFileName(), seconds(rows), values(rows), events));
    }
    return all;
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> walk = Files.walk(directory)) {
      return walk.filter(file -> file.toString().endsWith(".csv")).sorted().toList();
    }
  }

  /** Without the header; a row without a value is none. */
  private static List<String[]> rows(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .skip(1)
          .map(line -> line.replace("\"", "").split(","))
          .filter(cells -> cells.length > 1 && !cells[1].isBlank())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double[] values(List<String[]> rows) {
    return rows.stream().mapToDouble(cells -> Double.parseDouble(cells[1])).toArray();
  }

  private static long[] seconds(List<String[]> rows) {
    return rows.stream().mapToLong(cells -> seconds(cells[0])).toArray();
  }

  private static long seconds(String time) {
    return LocalDateTime.parse(time.substring(0, 19).replace(' ', 'T'))
        .toEpochSecond(ZoneOffset.UTC);
  }

  private static int rowAt(long[] seconds, String time) {
    long wanted = seconds(time);
    for (int row = 0; row < seconds.length; row++) {
      if (seconds[row] == wanted) {
        return row;
      }
    }
    throw new IllegalStateException("no row at " + time);
  }
}
