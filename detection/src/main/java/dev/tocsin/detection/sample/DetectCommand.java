// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.sample;

import dev.tocsin.detection.anomaly.AnomalySettings;
import dev.tocsin.detection.anomaly.Detector;
import dev.tocsin.detection.anomaly.Judgement;
import dev.tocsin.detection.anomaly.SeriesState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** {@code tocsin detect FILE.csv}: the detector that runs in the program, over a file, once. */
public final class DetectCommand {

  private static final String HEADER = "timestamp,value,score,anomaly,expected,low,high,reason";
  private static final int NAMED = 5;

  private final Detector detector = new Detector(AnomalySettings.DEFAULT.threshold());
  private final SeriesState series = new SeriesState();
  private final PrintStream out;
  private final PrintStream err;
  private int rows;
  private int malformed;

  private DetectCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Returns the exit code: 0, or 2 when nothing could be read. */
  public static int run(Path file, PrintStream out, PrintStream err) {
    return new DetectCommand(out, err).run(file);
  }

  private int run(Path file) {
    // Bytes that are no UTF-8 become a row that is malformed, not the end.
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
      out.println(HEADER);
      read(lines);
    } catch (IOException e) {
      err.printf("%s: cannot be read: %s%n", file, e);
      return 2;
    } finally {
      out.flush();
    }
    if (malformed > 0) {
      err.printf("%d rows could not be read, %d could%n", malformed, rows);
    } else if (rows == 0) {
      err.printf("%s: no rows of timestamp,value%n", file);
    }
    return rows == 0 ? 2 : 0;
  }

  private void read(BufferedReader lines) throws IOException {
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      String text = number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
      if (!text.isBlank()) {
        read(text, number);
      }
    }
  }

  private void read(String line, int number) {
    try {
      CsvRow row = CsvRow.of(line);
      rows++;
      write(row, detector.judge(series, row.at(), row.value()));
    } catch (CsvRow.MalformedRowException e) {
      if (number == 1 && isHeader(line)) {
        return;
      }
      if (malformed++ < NAMED) {
        err.printf("line %d: %s%n", number, e.getMessage());
      }
    }
  }

  /** A header names its columns: it has a comma, and no digit begins a cell. */
  private static boolean isHeader(String line) {
    return line.contains(",") && line.chars().noneMatch(Character::isDigit);
  }

  private void write(CsvRow row, Judgement judgement) {
    String start = row.timestamp() + ',' + row.value() + ',';
    switch (judgement) {
      case Judgement.Skipped s -> out.println(start + "0,false,,,," + why(s.reason()));
      case Judgement.Learning l ->
          out.println(
              start + "0,false,,,,\"learning, sample " + l.samples() + " of " + l.needed() + '"');
      case Judgement.Judged j -> {
        boolean anomaly = j.turn() == Judgement.Turn.OFF_BAND;
        out.println(
            start
                + String.format(Locale.ROOT, "%.9f", j.score())
                + ','
                + anomaly
                + ','
                + j.expected()
                + ','
                + j.low()
                + ','
                + j.high()
                + ','
                + (j.turn() == Judgement.Turn.NONE ? "" : '"' + j.explanation() + '"'));
      }
    }
  }

  private static String why(Judgement.Reason reason) {
    return switch (reason) {
      case NOT_A_NUMBER -> "skipped: not a number";
      case LATE -> "skipped: not after the row before";
    };
  }
}
