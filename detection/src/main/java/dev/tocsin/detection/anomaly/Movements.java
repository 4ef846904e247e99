// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import dev.tocsin.schemas.anomaly.Anomaly;
import dev.tocsin.schemas.anomaly.Anomaly.Alongside;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which series left their bands lately, of some alert groups: what of one service moved together.
 * Times are those of the samples, so that what is read again says the same.
 *
 * <p>Bounded: groups share places by their hash, and each place keeps the latest few series.
 *
 * @param latest as they were told, the last one last
 */
public record Movements(List<Moved> latest) {

  public static final Movements NONE = new Movements(List.of());

  static final Duration WITHIN = Duration.ofMinutes(10);
  static final int MOST = 32;

  private static final int PLACES = 1_024;
  private static final int NAMED = 5;

  /** How much later than others a series may be told of. */
  private static final Duration REMEMBERED = WITHIN.multipliedBy(3);

  /** A series that left its band. */
  public record Moved(
      String group, String series, String name, Instant startedAt, double deviation) {

    private Alongside told() {
      return new Alongside(series, name, startedAt, deviation);
    }
  }

  /** Where what is remembered of a group is kept. */
  public static String place(String group) {
    return Integer.toString(Math.floorMod(group.hashCode(), PLACES));
  }

  /** Whether it says that a metric moved, and not that alerts came or that a limit is near. */
  public static boolean isMovement(Anomaly anomaly) {
    boolean metric = anomaly.kind() == null || anomaly.kind() == Anomaly.Kind.METRIC;
    boolean limit =
        anomaly.aspect() == Anomaly.Aspect.EXHAUSTION
            || anomaly.aspect() == Anomaly.Aspect.SATURATION;
    return metric && !limit && anomaly.status() == Anomaly.Status.OFF_BAND;
  }

  /** The anomaly with the other series of its group that moved within ten minutes of it. */
  public Anomaly told(Anomaly anomaly) {
    List<Alongside> others =
        latest.stream()
            .filter(moved -> moved.group().equals(anomaly.group()))
            .filter(moved -> !moved.series().equals(anomaly.series()))
            .filter(moved -> isNear(moved.startedAt(), anomaly.startedAt()))
            .map(Moved::told)
            .sorted(
                Comparator.comparing((Alongside other) -> apart(other, anomaly))
                    .thenComparing(Alongside::series))
            .toList();
    return others.isEmpty() || !isMovement(anomaly)
        ? anomaly
        : anomaly.with(others, anomaly.explanation() + "; " + words(anomaly, others));
  }

  private static boolean isNear(Instant one, Instant other) {
    return Duration.between(one, other).abs().compareTo(WITHIN) <= 0;
  }

  private static Duration apart(Alongside other, Anomaly anomaly) {
    return Duration.between(other.startedAt(), anomaly.startedAt()).abs();
  }

  private static String words(Anomaly anomaly, List<Alongside> others) {
    List<String> named =
        others.stream().limit(NAMED).map(other -> words(anomaly.startedAt(), other)).toList();
    int more = others.size() - named.size();
    return "of the same service also moved: "
        + String.join(", ", named)
        + (more == 0 ? "" : " and %d more".formatted(more));
  }

  private static String words(Instant at, Alongside other) {
    long minutes = Duration.between(at, other.startedAt()).toMinutes();
    String when =
        minutes == 0
            ? "in the same minute"
            : "%d min %s".formatted(Math.abs(minutes), minutes < 0 ? "before" : "after");
    return "%s (%s, %s)".formatted(other.name(), other.deviation() < 0 ? "down" : "up", when);
  }

  /** With this one remembered, and forgotten what is long before the last. */
  public Movements and(Anomaly anomaly) {
    if (!isMovement(anomaly)) {
      return this;
    }
    Moved moved =
        new Moved(
            anomaly.group(),
            anomaly.series(),
            anomaly.name(),
            anomaly.startedAt(),
            anomaly.deviation());
    List<Moved> all = new ArrayList<>(latest);
    all.removeIf(
        known -> known.group().equals(moved.group()) && known.series().equals(moved.series()));
    all.add(moved);
    Instant last = all.stream().map(Moved::startedAt).max(Comparator.naturalOrder()).orElseThrow();
    all.removeIf(known -> known.startedAt().isBefore(last.minus(REMEMBERED)));
    return new Movements(List.copyOf(all.subList(Math.max(0, all.size() - MOST), all.size())));
  }
}
