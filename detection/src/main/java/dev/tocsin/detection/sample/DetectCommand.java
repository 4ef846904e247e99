// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.sample;

import dev.tocsin.detection.anomaly.AnomalySettings;
import dev.tocsin.detection.anomaly.Detector;
import dev.tocsin.detection.anomaly.Judgement;
import dev.tocsin.detection.anomaly.SeriesState;
import dev.tocsin.schemas.sample.SeriesKind;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code tocsin detect FILE.csv [--kind KIND] [--plot OUT.png]}: the detector that runs in the
 * program, over a file, once.
 */
public final class DetectCommand {

  private static final String USAGE =
      "tocsin: detect takes one file: ./tocsin detect FILE.csv"
          + " [--kind gauge|counter|latency|ratio] [--plot OUT.png]";
  private static final String HEADER = "timestamp,value,score,anomaly,expected,low,high,reason";
  private static final int FAILED = 2;

  private final Detector detector = new Detector(AnomalySettings.DEFAULT.threshold());
  private final SeriesState series = new SeriesState();
  private final Asked asked;
  private final Plot plot = new Plot();
  private final PrintStream out;
  private final PrintStream err;

  /** What the command line says. */
  private record Asked(Path file, SeriesKind kind, @Nullable Path plot) {

    /** Null when it says something else. */
    static @Nullable Asked of(List<String> words) {
      Path file = null;
      Path plot = null;
      SeriesKind kind = SeriesKind.GAUGE;
      for (int i = 0; i < words.size(); i++) {
        String word = words.get(i);
        if (word.equals("--plot") && i + 1 < words.size()) {
          plot = Path.of(words.get(++i));
        } else if (word.equals("--kind") && i + 1 < words.size() && isKind(words.get(i + 1))) {
          kind = SeriesKind.valueOf(words.get(++i).toUpperCase(Locale.ROOT));
        } else if (word.startsWith("--") || file != null) {
          return null;
        } else {
          file = Path.of(word);
        }
      }
      return file == null ? null : new Asked(file, kind, plot);
    }

    private static boolean isKind(String word) {
      return List.of(SeriesKind.values()).stream()
          .anyMatch(kind -> kind.name().equalsIgnoreCase(word));
    }
  }

  private DetectCommand(Asked asked, PrintStream out, PrintStream err) {
    this.asked = asked;
    this.out = out;
    this.err = err;
  }

  /**
   * Returns the exit code: 0, or 2 when nothing could be read.
   *
   * @param words of the command line, after {@code detect}
   */
  public static int run(List<String> words, PrintStream out, PrintStream err) {
    Asked asked = Asked.of(words);
    if (asked == null) {
      err.println(USAGE);
      return FAILED;
    }
    return new DetectCommand(asked, out, err).run();
  }

  private int run() {
    try {
      boolean any = new CsvFile(asked.file(), err).read(() -> out.println(HEADER), this::judge);
      return any ? draw() : FAILED;
    } finally {
      out.flush();
    }
  }

  private int draw() {
    Path target = asked.plot();
    if (target == null) {
      return 0;
    }
    if (plot.isEmpty()) {
      err.printf("%s: not written, as no row has a value%n", target);
      return FAILED;
    }
    try {
      plot.write(target, String.valueOf(asked.file().getFileName()));
      return 0;
    } catch (IOException e) {
      err.printf("%s: cannot be written: %s%n", target, e);
      return FAILED;
    }
  }

  private void judge(CsvRow row) {
    Judgement judgement = detector.judge(series, asked.kind(), row.at(), row.value());
    write(row, judgement);
    if (asked.plot() != null) {
      plot.add(row.at(), row.value(), judgement);
    }
  }

  private void write(CsvRow row, Judgement judgement) {
    String start = row.timestamp() + ',' + row.value() + ',';
    switch (judgement) {
      case Judgement.Skipped s -> out.println(start + "0,false,,,," + why(s.reason()));
      case Judgement.Gathered _ ->
          out.println(start + "0,false,,,,gathered: judged with its minute");
      case Judgement.Learning l ->
          out.println(
              start + "0,false,,,,\"learning, sample " + l.samples() + " of " + l.needed() + '"');
      case Judgement.Judged j ->
          out.println(
              start
                  + String.format(Locale.ROOT, "%.6f", j.score())
                  + ','
                  + j.turn().isAlarm()
                  + ','
                  + j.band().expected()
                  + ','
                  + j.band().low()
                  + ','
                  + j.band().high()
                  + ','
                  + (j.turn() == Judgement.Turn.NONE ? "" : '"' + j.explanation() + '"'));
    }
  }

  private static String why(Judgement.Reason reason) {
    return switch (reason) {
      case NOT_A_NUMBER -> "skipped: not a number";
      case LATE -> "skipped: before the row before";
      case DUPLICATE -> "skipped: of the same time as the row before";
    };
  }
}
