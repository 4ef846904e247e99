// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.telemetry;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The samples of one label set, oldest first. */
public record Series(Map<String, String> labels, List<Sample> samples) {

  private static final String LEVELS = "▁▂▃▄▅▆▇█";
  private static final int WIDTH = 24;

  /** One value at one time. */
  public record Sample(Instant at, double value) {}

  public Series {
    labels = Map.copyOf(labels);
    samples = List.copyOf(samples);
  }

  /** As PromQL writes a label set. */
  public String name() {
    return labels.entrySet().stream()
        .filter(l -> !l.getKey().equals("__name__"))
        .sorted(Map.Entry.comparingByKey())
        .map(l -> l.getKey() + "=\"" + l.getValue() + '"')
        .collect(Collectors.joining(", ", labels.getOrDefault("__name__", "") + '{', "}"));
  }

  /** A line for people: where it was at a time, where it is now, its range and its shape. */
  public String describe(Instant around) {
    List<Sample> numbers = samples.stream().filter(s -> !Double.isNaN(s.value())).toList();
    if (numbers.isEmpty()) {
      return name() + ": no numbers";
    }
    double low = numbers.stream().mapToDouble(Sample::value).min().orElseThrow();
    double high = numbers.stream().mapToDouble(Sample::value).max().orElseThrow();
    Sample then = numbers.getFirst();
    for (Sample sample : numbers) {
      if (!sample.at().isAfter(around)) {
        then = sample;
      }
    }
    return "%s: %s at first, %s at %s, %s last; from %s to %s  %s"
        .formatted(
            name(),
            number(numbers.getFirst().value()),
            number(then.value()),
            then.at(),
            number(numbers.getLast().value()),
            number(low),
            number(high),
            shape(numbers, low, high));
  }

  /** Four significant digits, and no exponent where people do not need one. */
  public static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e12) {
      return Long.toString((long) value);
    }
    double size = Math.abs(value);
    return size >= 0.001 && size < 1e7
        ? new java.math.BigDecimal(value)
            .round(new java.math.MathContext(4))
            .stripTrailingZeros()
            .toPlainString()
        : String.format(java.util.Locale.ROOT, "%.3g", value);
  }

  private static String shape(List<Sample> numbers, double low, double high) {
    StringBuilder shape = new StringBuilder();
    int columns = Math.min(WIDTH, numbers.size());
    for (int i = 0; i < columns; i++) {
      double value = numbers.get(i * numbers.size() / columns).value();
      double place = high > low && Double.isFinite(high - low) ? (value - low) / (high - low) : 0;
      shape.append(LEVELS.charAt((int) Math.round(place * (LEVELS.length() - 1))));
    }
    return shape.toString();
  }
}
