// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.benchmarks.detection;

import dev.tocsin.benchmarks.detection.LabelledSeries.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * How many marked events were found, and how many alarms were about one.
 *
 * <p>Rows at or above the threshold that are close together are one alarm; an alarm finds each
 * event it touches, give or take two rows.
 */
record EventScore(int events, int found, int alarms, int right) {

  private static final int SAME_ALARM = 6;
  private static final int TOLERANCE = 2;

  static EventScore of(List<LabelledSeries> corpus, List<double[]> scores, double threshold) {
    EventScore sum = new EventScore(0, 0, 0, 0);
    for (int s = 0; s < corpus.size(); s++) {
      sum = sum.plus(of(corpus.get(s), scores.get(s), threshold));
    }
    return sum;
  }

  static EventScore of(LabelledSeries series, double[] scores, double threshold) {
    List<Window> alarms = new ArrayList<>();
    for (int row = series.probation(); row < series.rows(); row++) {
      if (!(scores[row] >= threshold)) {
        continue;
      }
      if (!alarms.isEmpty() && row - alarms.getLast().last() <= SAME_ALARM) {
        alarms.set(alarms.size() - 1, new Window(alarms.getLast().first(), row));
      } else {
        alarms.add(new Window(row, row));
      }
    }
    List<Window> events =
        series.windows().stream()
            .filter(event -> event.last() >= series.probation())
            .map(event -> new Window(Math.max(event.first(), series.probation()), event.last()))
            .toList();
    int found =
        (int) events.stream().filter(e -> alarms.stream().anyMatch(a -> meet(a, e))).count();
    int right =
        (int) alarms.stream().filter(a -> events.stream().anyMatch(e -> meet(a, e))).count();
    return new EventScore(events.size(), found, alarms.size(), right);
  }

  private static boolean meet(Window alarm, Window event) {
    return alarm.first() <= event.last() + TOLERANCE && alarm.last() >= event.first() - TOLERANCE;
  }

  private EventScore plus(EventScore other) {
    return new EventScore(
        events + other.events, found + other.found, alarms + other.alarms, right + other.right);
  }

  double precision() {
    return alarms == 0 ? 0 : (double) right / alarms;
  }

  double recall() {
    return events == 0 ? 0 : (double) found / events;
  }

  double f1() {
    double sum = precision() + recall();
    return sum == 0 ? 0 : 2 * precision() * recall() / sum;
  }
}
