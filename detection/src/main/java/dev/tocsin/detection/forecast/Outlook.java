// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.forecast;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is foreseen of a resource. Days are days after the latest one that is known. */
public sealed interface Outlook {

  /** Too few days to say anything. */
  record Learning(int days, int needed) implements Outlook {

    @Override
    public String words() {
      return "learning, day " + days + " of " + needed;
    }
  }

  /**
   * @param level today, without its weekday and spikes
   * @param slope a day, over the next four weeks
   * @param error how far off the level two weeks ahead was in the past, in the middle
   * @param day by which the chance is one half; null beyond 90 days
   * @param earliest by which it is one in ten; null when it is less within 90 days
   * @param latest by which it is nine in ten; null beyond 90 days
   * @param within3 the chance that the limit is reached within 3 days
   * @param within14 within 14 days
   * @param within90 within 90 days
   */
  record Foreseen(
      double level,
      double slope,
      double error,
      @Nullable Double day,
      @Nullable Double earliest,
      @Nullable Double latest,
      double within3,
      double within14,
      double within90)
      implements Outlook {

    private static final double NOT_FORESEEN = 0.1;

    public boolean isExhaustion() {
      return within90 >= NOT_FORESEEN;
    }

    @Override
    public String words() {
      String trend =
          String.format(Locale.ROOT, "slope %+.3g a day, backtest error %.3g", slope, error);
      if (!isExhaustion()) {
        return "no exhaustion foreseen in 90 d; " + trend;
      }
      return String.format(
          Locale.ROOT,
          "exhaustion in %s (80 %%: %s), P(3 d) = %.2f, P(14 d) = %.2f; %s",
          day == null ? "more than 90 d" : Math.round(day) + " d",
          between(),
          within3,
          within14,
          trend);
    }

    private String between() {
      String from = String.valueOf(Math.round(earliest == null ? 0 : Math.ceil(earliest)));
      return latest == null
          ? "from " + from + " d on"
          : from + "-" + Math.round(Math.ceil(latest)) + " d";
    }
  }

  /** The same in a sentence. */
  String words();
}
