// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.benchmarks.detection;

import dev.tocsin.benchmarks.detection.NabScore.Profile;
import dev.tocsin.benchmarks.detection.NabScore.Ranking;
import dev.tocsin.detection.anomaly.AnomalySettings;
import dev.tocsin.detection.anomaly.Detector;
import dev.tocsin.detection.anomaly.Judgement;
import dev.tocsin.detection.anomaly.SeriesState;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The figures of the anomaly detector, taken on the class that runs in the program: {@code
 * benchmarks/run detection}. The data is read from {@code -Ddatasets}, and is not part of the
 * product.
 */
public final class DetectionFigures {

  private final Detector detector = new Detector(AnomalySettings.DEFAULT.threshold());
  private final PrintStream out;
  private final boolean perSeries;

  /** What a run over one series leaves. */
  private record Pass(double[] scores, int bytes) {}

  private DetectionFigures(PrintStream out, boolean perSeries) {
    this.out = out;
    this.perSeries = perSeries;
  }

  /** Takes them, or says that there is no data. */
  public static void take(PrintStream out, Path datasets, boolean perSeries) {
    if (!Files.isDirectory(datasets.resolve("nab"))) {
      out.printf(
          "skipped: no labelled series at %s; -Ddatasets=DIRECTORY says where nab/ and mscloud/ are%n",
          datasets.toAbsolutePath().normalize());
      return;
    }
    try {
      new DetectionFigures(out, perSeries)
          .take(Datasets.nab(datasets.resolve("nab")), Datasets.cloud(datasets.resolve("mscloud")));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void take(List<LabelledSeries> nab, List<LabelledSeries> cloud) {
    double sum = 0;
    for (Perturbation perturbation : Perturbation.values()) {
      List<double[]> scores = scores(nab, perturbation);
      Ranking ranking = NabScore.rank(nab, scores);
      NabScore standard = NabScore.of(ranking, Profile.STANDARD);
      sum += standard.normalised();
      out.printf("NAB standard, %s: %.1f%n", perturbation.words, standard.normalised());
      if (perturbation == Perturbation.IDENTITY) {
        identity(nab, scores, ranking, standard);
        cloud(cloud, standard.threshold());
      }
    }
    out.printf("NAB standard, mean of the eight: %.1f%n", sum / Perturbation.values().length);
    cost(nab);
  }

  private void identity(
      List<LabelledSeries> nab, List<double[]> scores, Ranking ranking, NabScore standard) {
    out.printf(
        "NAB standard / low FP / low FN: %.1f / %.1f / %.1f; %d windows hit, %d false rows, threshold %.4f%n",
        standard.normalised(),
        NabScore.of(ranking, Profile.LOW_FALSE_POSITIVES).normalised(),
        NabScore.of(ranking, Profile.LOW_FALSE_NEGATIVES).normalised(),
        standard.hits(),
        standard.falseRows(),
        standard.threshold());
    out.printf(
        "NAB standard, the threshold from other domains: %.1f%n",
        NabScore.acrossDomains(ranking, Profile.STANDARD));
    if (perSeries) {
      for (int s = 0; s < nab.size(); s++) {
        out.printf(
            "  %s: %s%n",
            nab.get(s).name(), EventScore.of(nab.get(s), scores.get(s), standard.threshold()));
      }
    }
  }

  private void cloud(List<LabelledSeries> cloud, double threshold) {
    List<double[]> scores = scores(cloud, Perturbation.IDENTITY);
    atThreshold("the NAB threshold", cloud, scores, threshold);
    atThreshold("the program's threshold", cloud, scores, AnomalySettings.DEFAULT.threshold());
    if (perSeries) {
      for (int s = 0; s < cloud.size(); s++) {
        out.printf(
            "  %s: %s%n",
            cloud.get(s).name(), EventScore.of(cloud.get(s), scores.get(s), threshold));
      }
    }
  }

  private void atThreshold(
      String where, List<LabelledSeries> cloud, List<double[]> scores, double threshold) {
    EventScore events = EventScore.of(cloud, scores, threshold);
    out.printf(
        "MS-A at %s: F1 %.3f, precision %.2f (%d of %d alarms), recall %.2f (%d of %d events)%n",
        where,
        events.f1(),
        events.precision(),
        events.right(),
        events.alarms(),
        events.recall(),
        events.found(),
        events.events());
  }

  private void cost(List<LabelledSeries> nab) {
    scores(nab, Perturbation.IDENTITY);
    long started = System.nanoTime();
    List<Pass> passes = nab.stream().map(series -> pass(series, series.values())).toList();
    long taken = System.nanoTime() - started;
    int rows = nab.stream().mapToInt(LabelledSeries::rows).sum();
    out.printf("cost: %.2f us a sample%n", taken / 1e3 / rows);
    out.printf(
        "state as stored: %.0f bytes on average, %d at most; at most %d as held in memory%n",
        passes.stream().mapToInt(Pass::bytes).average().orElse(0),
        passes.stream().mapToInt(Pass::bytes).max().orElse(0),
        SeriesState.MEMORY_BYTES);
  }

  private List<double[]> scores(List<LabelledSeries> corpus, Perturbation perturbation) {
    List<double[]> scores = new ArrayList<>();
    for (LabelledSeries series : corpus) {
      scores.add(pass(series, perturbation.of(series)).scores());
    }
    return scores;
  }

  /** Rows that are dropped are never seen, and have no score. */
  private Pass pass(LabelledSeries series, double[] values) {
    SeriesState state = new SeriesState();
    double[] scores = new double[values.length];
    for (int row = 0; row < values.length; row++) {
      scores[row] =
          Double.isNaN(values[row])
              ? Double.NaN
              : score(
                  detector.judge(state, Instant.ofEpochSecond(series.seconds()[row]), values[row]));
    }
    return new Pass(scores, state.toBytes().length);
  }

  private static double score(Judgement judgement) {
    return judgement instanceof Judgement.Judged judged ? judged.score() : 0;
  }
}
