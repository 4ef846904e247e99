// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.sample;

import dev.tocsin.detection.forecast.Forecaster;
import dev.tocsin.detection.forecast.Outlook;
import dev.tocsin.detection.forecast.Resource;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code tocsin forecast FILE.csv --limit X}: the forecast that the program makes each day, over a
 * file, once: a row for each day that is over. What it says last is also said in words.
 */
public final class ForecastCommand {

  private static final String USAGE =
      "tocsin: forecast takes one file and the value at which the resource is exhausted:"
          + " ./tocsin forecast FILE.csv --limit X";
  private static final String HEADER =
      "day,value,level,slope,exhaustion,earliest,latest,within3,within14,within90,warning";
  private static final String WHY = "they are no number, or older than a row before";
  private static final int FAILED = 2;

  private final Resource resource = new Resource();
  private final Asked asked;
  private final PrintStream out;
  private final PrintStream err;
  private @Nullable LocalDate day;
  private @Nullable Outlook latest;
  private int skipped;

  /** What the command line says. */
  private record Asked(Path file, double limit) {

    /** Null when it says something else. */
    static @Nullable Asked of(List<String> words, PrintStream err) {
      if (words.size() != 3) {
        return null;
      }
      int at = words.indexOf("--limit");
      if (at != 0 && at != 1) {
        return null;
      }
      String file = at == 0 ? words.get(2) : words.get(0);
      Double limit = limit(words.get(at + 1));
      if (limit == null) {
        err.printf(
            "tocsin: '%s' is no limit; one is a number like 100 or 5e11%n", words.get(at + 1));
      }
      return limit != null && !file.startsWith("--") ? new Asked(Path.of(file), limit) : null;
    }

    private static @Nullable Double limit(String word) {
      try {
        double limit = Double.parseDouble(word);
        return Double.isFinite(limit) ? limit : null;
      } catch (NumberFormatException _) {
        return null;
      }
    }
  }

  private ForecastCommand(Asked asked, PrintStream out, PrintStream err) {
    this.asked = asked;
    this.out = out;
    this.err = err;
  }

  /**
   * Returns the exit code: 0, or 2 when nothing could be read.
   *
   * @param words of the command line, after {@code forecast}
   */
  public static int run(List<String> words, PrintStream out, PrintStream err) {
    Asked asked = Asked.of(words, err);
    if (asked == null) {
      err.println(USAGE);
      return FAILED;
    }
    return new ForecastCommand(asked, out, err).run();
  }

  private int run() {
    try {
      boolean any = new CsvFile(asked.file(), err).read(() -> out.println(HEADER), this::add);
      if (any) {
        err.println(said());
      }
      return any ? 0 : FAILED;
    } finally {
      out.flush();
    }
  }

  /** What is to be known at the end. */
  private String said() {
    String words =
        latest == null
            ? "no day is over yet, and " + Forecaster.NEEDED + " are needed"
            : resource.latest() >= asked.limit()
                ? "it is at its limit: %s of %s; ".formatted(resource.latest(), asked.limit())
                    + latest.words()
                : latest.words();
    return skipped == 0
        ? words
        : words + System.lineSeparator() + "%d rows were passed over: %s".formatted(skipped, WHY);
  }

  private void add(CsvRow row) {
    Resource.Taken taken = resource.add(row.at(), row.value());
    if (taken == Resource.Taken.NEW_DAY) {
      write(resource.outlook(asked.limit()));
    }
    if (taken == Resource.Taken.SKIPPED) {
      skipped++;
    } else {
      day = row.at().atOffset(ZoneOffset.UTC).toLocalDate();
    }
  }

  private void write(Outlook outlook) {
    latest = outlook;
    String start = day + "," + resource.latest() + ",";
    out.println(
        start
            + switch (outlook) {
              case Outlook.Learning l -> ",,,,,,,,\"" + l.words() + '"';
              case Outlook.Foreseen f ->
                  String.join(
                      ",",
                      number(f.level()),
                      number(f.slope()),
                      number(f.day()),
                      number(f.earliest()),
                      number(f.latest()),
                      number(f.within3()),
                      number(f.within14()),
                      number(f.within90()),
                      resource.warning().name().toLowerCase(Locale.ROOT));
            });
  }

  private static String number(@Nullable Double value) {
    return value == null ? "" : String.format(Locale.ROOT, "%.4g", value);
  }
}
