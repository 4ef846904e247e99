// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.flow;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.math3.stat.inference.GTest;
import org.jspecify.annotations.Nullable;

/**
 * A change of the mix: how often each name came in the last fifteen minutes, against what came
 * before, by a G-test. At least twenty alerts, and fifty before them. Names that would be expected
 * less than once are one.
 */
final class Mix {

  private static final int BLOCKS = 3;
  private static final int MOST_NAMES = 24;
  private static final int LONGEST_NAME = 80;
  private static final String OTHER = "(other)";
  private static final int FEWEST = 20;
  private static final double FEWEST_BEFORE = 50;

  /** The chi-squared limit is rough where cells are small. */
  private static final double RARE = 1e-6;

  private static final double ORDINARY = 0.01;

  /** By block of five minutes: a week's half-life. */
  private static final double FADE = Math.pow(.5, 5.0 / (7 * 24 * 60));

  private static final GTest TEST = new GTest();

  private final Map<String, Cell> cells = new LinkedHashMap<>();
  private long since = -1;

  private static final class Cell {
    private final int[] now = new int[BLOCKS];
    private double before;

    int sum() {
      return Arrays.stream(now).sum();
    }
  }

  /** The name that came most beyond what was expected, and how rare the mix is. */
  record Reading(String name, int count, double expected, int all, double surprise) {}

  void count(long block, String name) {
    String known = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    String cell = cells.containsKey(known) || cells.size() < MOST_NAMES ? known : OTHER;
    cells.computeIfAbsent(cell, _ -> new Cell()).now[(int) (block % BLOCKS)]++;
  }

  /** The block is over; the reading when something begins or ends with it. */
  @Nullable Reading close(long block) {
    if (cells.isEmpty()) {
      return null;
    }
    Reading turn = turn(block);
    int oldest = (int) ((block + 1) % BLOCKS);
    cells
        .values()
        .forEach(
            cell -> {
              cell.before = cell.before * FADE + cell.now[oldest];
              cell.now[oldest] = 0;
            });
    cells.values().removeIf(cell -> cell.before < .01 && cell.sum() == 0);
    return turn;
  }

  private @Nullable Reading turn(long block) {
    int all = cells.values().stream().mapToInt(Cell::sum).sum();
    double before = cells.values().stream().mapToDouble(cell -> cell.before).sum();
    if (since >= 0 && all == 0) {
      since = -1;
      return new Reading("", 0, 0, 0, 0);
    }
    if (all < FEWEST || before < FEWEST_BEFORE) {
      return null;
    }
    double p = p(all, before);
    if (since < 0 && p < RARE) {
      since = block;
      return reading(all, before, p);
    }
    if (since >= 0 && p > ORDINARY) {
      since = -1;
      return reading(all, before, p);
    }
    return null;
  }

  private double p(int all, double before) {
    long[] observed = new long[cells.size() + 1];
    long[] history = new long[cells.size() + 1];
    int used = 0;
    for (Cell cell : cells.values()) {
      double expected = all * (cell.before + cell.sum()) / (before + all);
      int at = expected < 1 ? cells.size() : used++;
      observed[at] += cell.sum();
      history[at] += Math.round(cell.before);
    }
    observed[used] = observed[cells.size()];
    history[used] = history[cells.size()];
    int length = observed[used] + history[used] > 0 ? used + 1 : used;
    return length < 2
        ? 1
        : TEST.gTestDataSetsComparison(
            Arrays.copyOf(observed, length), Arrays.copyOf(history, length));
  }

  private Reading reading(int all, double before, double p) {
    Map.Entry<String, Cell> most =
        cells.entrySet().stream()
            .max(
                Comparator.comparingDouble(
                    entry -> entry.getValue().sum() - all * entry.getValue().before / before))
            .orElseThrow();
    return new Reading(
        most.getKey(),
        most.getValue().sum(),
        all * most.getValue().before / before,
        all,
        p <= 0 ? 300 : -Math.log10(p));
  }

  boolean isChanged() {
    return since >= 0;
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(since);
    out.writeByte(cells.size());
    for (Map.Entry<String, Cell> entry : cells.entrySet()) {
      out.writeUTF(entry.getKey());
      for (int count : entry.getValue().now) {
        out.writeInt(count);
      }
      out.writeDouble(entry.getValue().before);
    }
  }

  static Mix read(DataInput in) throws IOException {
    Mix mix = new Mix();
    mix.since = in.readLong();
    int size = in.readByte();
    for (int i = 0; i < size; i++) {
      Cell cell = new Cell();
      mix.cells.put(in.readUTF(), cell);
      for (int block = 0; block < BLOCKS; block++) {
        cell.now[block] = in.readInt();
      }
      cell.before = in.readDouble();
    }
    return mix;
  }
}
