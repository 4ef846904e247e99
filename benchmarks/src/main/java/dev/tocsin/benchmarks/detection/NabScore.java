// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.benchmarks.detection;

import dev.tocsin.benchmarks.detection.LabelledSeries.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The score of the Numenta Anomaly Benchmark, as its own scorer takes it.
 *
 * <p>Every row at or above the threshold is a detection. In a window the best one counts, the more
 * the earlier it is; a window without any costs, and so does each detection outside of all windows,
 * less when a window ended shortly before. The threshold is one for all series: the best of all
 * there are. 0 is what a detector gets that never says anything, 100 the perfect one.
 *
 * @param threshold where the score is best
 * @param hits windows with a detection
 * @param falseRows detections outside of windows
 */
record NabScore(double normalised, double threshold, int hits, int falseRows) {

  /** What a missed window and a false row cost. */
  enum Profile {
    STANDARD(0.11, 1),
    LOW_FALSE_POSITIVES(0.22, 1),
    LOW_FALSE_NEGATIVES(0.11, 2);

    final double falsePositive;
    final double missed;

    Profile(double falsePositive, double missed) {
      this.falsePositive = falsePositive;
      this.missed = missed;
    }
  }

  /**
   * A row that could be a detection.
   *
   * @param window its number in all the corpus; -1 outside
   * @param worth what it is worth: in a window up to 1, outside down to -1 false positive
   */
  record Row(String domain, double score, int window, double worth) {}

  private static final double BEST = scaledSigmoid(-1);

  /**
   * All rows of all series that are scored, the highest score first.
   *
   * @param windows how many windows each domain has
   */
  record Ranking(List<Row> rows, Map<String, Integer> windows) {

    int allWindows() {
      return windows.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  static NabScore of(Ranking ranking, Profile profile) {
    return best(ranking.rows(), ranking.allWindows(), ranking.allWindows(), profile);
  }

  /** As above, but the threshold of each domain is the best for all the others. */
  static double acrossDomains(Ranking ranking, Profile profile) {
    double raw = 0;
    int all = ranking.allWindows();
    for (Map.Entry<String, Integer> domain : ranking.windows().entrySet()) {
      int own = domain.getValue();
      Map<Boolean, List<Row>> rows =
          ranking.rows().stream()
              .collect(Collectors.partitioningBy(row -> row.domain().equals(domain.getKey())));
      double threshold =
          best(rows.getOrDefault(false, List.of()), all, all - own, profile).threshold();
      Tally tally = new Tally(all, own, profile);
      rows.getOrDefault(true, List.of()).stream()
          .filter(row -> row.score() >= threshold)
          .forEach(tally::add);
      raw += tally.raw;
    }
    return normalised(raw, all, profile);
  }

  private static NabScore best(List<Row> rows, int numbers, int windows, Profile profile) {
    Tally tally = new Tally(numbers, windows, profile);
    NabScore best = new NabScore(normalised(tally.raw, windows, profile), Double.MAX_VALUE, 0, 0);
    for (int i = 0; i < rows.size(); i++) {
      tally.add(rows.get(i));
      double score = rows.get(i).score();
      boolean lastOfItsScore = i + 1 == rows.size() || rows.get(i + 1).score() < score;
      double normalised = normalised(tally.raw, windows, profile);
      if (lastOfItsScore && normalised > best.normalised()) {
        best = new NabScore(normalised, score, tally.hits, tally.falseRows);
      }
    }
    return best;
  }

  private static double normalised(double raw, int windows, Profile profile) {
    double silent = -profile.missed * windows;
    return 100 * (raw - silent) / (windows - silent);
  }

  /** The sum over all detections so far. */
  private static final class Tally {

    private final Profile profile;
    private final double[] best;
    private double raw;
    private int hits;
    private int falseRows;

    Tally(int numbers, int windows, Profile profile) {
      this.profile = profile;
      this.best = new double[numbers];
      Arrays.fill(best, -profile.missed);
      this.raw = -profile.missed * windows;
    }

    void add(Row row) {
      if (row.window() < 0) {
        raw += profile.falsePositive * row.worth();
        falseRows++;
      } else if (row.worth() > best[row.window()]) {
        // A window is hit when one of its rows is, even when the row is the last and worth little.
        hits += best[row.window()] == -profile.missed ? 1 : 0;
        raw += row.worth() - best[row.window()];
        best[row.window()] = row.worth();
      }
    }
  }

  /**
   * @param scores a score for each row of each series; NaN for a row that was never seen
   */
  static Ranking rank(List<LabelledSeries> corpus, List<double[]> scores) {
    List<Row> rows = new ArrayList<>();
    Map<String, Integer> windows = new TreeMap<>();
    int number = 0;
    for (int s = 0; s < corpus.size(); s++) {
      LabelledSeries series = corpus.get(s);
      int next = 0;
      for (int row = 0; row < series.rows(); row++) {
        while (next < series.windows().size() && series.windows().get(next).last() < row) {
          next++;
        }
        double score = scores.get(s)[row];
        if (row < series.probation() || Double.isNaN(score)) {
          continue;
        }
        boolean inside =
            next < series.windows().size() && series.windows().get(next).first() <= row;
        rows.add(
            inside
                ? new Row(
                    series.domain(),
                    score,
                    number + next,
                    worthInside(series.windows().get(next), row))
                : new Row(
                    series.domain(),
                    score,
                    -1,
                    next == 0 ? -1 : worthAfter(series.windows().get(next - 1), row)));
      }
      number += series.windows().size();
      windows.merge(series.domain(), series.windows().size(), Integer::sum);
    }
    rows.sort(Comparator.comparingDouble(Row::score).reversed());
    return new Ranking(rows, windows);
  }

  private static double worthInside(Window window, int row) {
    return scaledSigmoid(-(double) (window.last() - row + 1) / window.width()) / BEST;
  }

  private static double worthAfter(Window window, int row) {
    return scaledSigmoid((double) (row - window.last()) / (window.width() - 1));
  }

  private static double scaledSigmoid(double position) {
    return position > 3 ? -1 : 2 / (1 + Math.exp(5 * position)) - 1;
  }
}
