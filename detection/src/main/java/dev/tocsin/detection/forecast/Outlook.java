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

    /** Of the interval in whole days: that on which the chance becomes one in ten. */
    public int firstDay() {
      return earliest == null ? Forecaster.FARTHEST + 1 : (int) Math.ceil(earliest);
    }

    /**
     * And the last by which it is not nine in ten yet; null beyond 90 days. With the day on which
     * it becomes so, eight in ten would be said, and some 87 in 100 held.
     */
    public @Nullable Integer lastDay() {
      return latest == null ? null : Math.max(firstDay(), (int) Math.floor(latest));
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
      String from = String.valueOf(firstDay());
      Integer last = lastDay();
      return last == null ? "from " + from + " d on" : from + "-" + last + " d";
    }
  }

  /** The same in a sentence. */
  String words();
}
