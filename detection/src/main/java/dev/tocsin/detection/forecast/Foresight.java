// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.forecast;

import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.alert.GroupRule;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.anomaly.Anomaly;
import dev.tocsin.schemas.forecast.Forecast;
import dev.tocsin.schemas.sample.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is told of a resource: its forecast each day, and an anomaly when that changes much. */
public final class Foresight {

  private static final double MINUTES_AN_HOUR = 60;

  private final Function<Sample, GroupRule.Group> groups;
  private final Severity severity;

  /**
   * @param severity of an exhaustion that is days away
   */
  public Foresight(Function<Sample, GroupRule.Group> groups, Severity severity) {
    this.groups = groups;
    this.severity = severity;
  }

  /**
   * What a resource's day leads to.
   *
   * @param anomaly what changed for people; null when nothing did
   */
  public record Told(Forecast forecast, @Nullable Anomaly anomaly) {}

  /** What is to be told begins, gets worse or is over. */
  private record Turn(
      Anomaly.Aspect aspect, boolean on, Severity bad, Instant startedAt, Instant at) {}

  /**
   * A day is over: the resource is asked for its outlook, and changes by it.
   *
   * @param latest a sample of its series
   * @param limit of it
   */
  public Told day(Resource resource, Sample latest, double limit) {
    Warning before = resource.warning();
    Instant since = resource.warnedSince();
    Outlook outlook = resource.outlook(limit);
    Warning now = resource.warning();
    Anomaly anomaly = null;
    if (now.isTold() && now != before) {
      Severity bad = now == Warning.IMMINENT ? Severity.CRITICAL : severity;
      Instant start = Objects.requireNonNull(resource.warnedSince());
      Turn turn = new Turn(Anomaly.Aspect.EXHAUSTION, true, bad, start, resource.midnight());
      anomaly = anomaly(latest, limit, turn, resource.latest(), outlook.words());
    } else if (since != null && !now.isTold()) {
      Turn turn = new Turn(Anomaly.Aspect.EXHAUSTION, false, severity, since, resource.midnight());
      anomaly = anomaly(latest, limit, turn, resource.latest(), outlook.words());
    }
    return new Told(forecast(resource, latest, limit, outlook), anomaly);
  }

  private Forecast forecast(Resource resource, Sample latest, double limit, Outlook outlook) {
    Outlook.Foreseen f = outlook instanceof Outlook.Foreseen seen ? seen : null;
    return new Forecast(
        latest.series(),
        latest.name(),
        latest.labels(),
        resource.midnight(),
        resource.latest(),
        limit,
        status(f, resource.warning()),
        f == null ? null : f.slope(),
        f == null ? null : f.error(),
        f == null ? null : f.day(),
        f == null ? null : f.earliest(),
        f == null ? null : f.latest(),
        f == null ? null : f.within3(),
        f == null ? null : f.within14(),
        f == null ? null : f.within90(),
        groups.apply(latest).key(),
        outlook.words());
  }

  private static Forecast.Status status(Outlook.@Nullable Foreseen foreseen, Warning warning) {
    return foreseen == null
        ? Forecast.Status.LEARNING
        : switch (warning) {
          case NONE -> Forecast.Status.CALM;
          case LIKELY -> Forecast.Status.LIKELY;
          case EXPECTED -> Forecast.Status.EXPECTED;
          case IMMINENT -> Forecast.Status.IMMINENT;
        };
  }

  /** A sample came: whether the next hours are what people should know of, now or no longer. */
  public Optional<Anomaly> sample(Resource resource, Sample sample, double limit) {
    Double minutes = resource.minutes(limit);
    Instant since = resource.saturatedSince();
    if ((minutes != null) == (since != null)) {
      return Optional.empty();
    }
    resource.saturated(minutes != null, sample.at());
    String words =
        minutes == null
            ? "it no longer fills at that pace"
            : minutes == 0
                ? "it is at its limit"
                : String.format(
                    Locale.ROOT,
                    "at its pace of the last hours it is exhausted in %.1f h",
                    minutes / MINUTES_AN_HOUR);
    Turn turn =
        new Turn(
            Anomaly.Aspect.SATURATION,
            minutes != null,
            Severity.CRITICAL,
            since == null ? sample.at() : since,
            sample.at());
    return Optional.of(anomaly(sample, limit, turn, sample.value(), words));
  }

  /** Nothing was heard of the resource for long: what is told of it is over. */
  public List<Anomaly> gone(Resource resource, Sample latest, double limit, Instant now) {
    String words = "nothing was heard of it for 30 days";
    double value = resource.latest();
    List<Anomaly> over = new ArrayList<>();
    Instant warned = resource.warnedSince();
    if (warned != null) {
      Turn turn = new Turn(Anomaly.Aspect.EXHAUSTION, false, severity, warned, now);
      over.add(anomaly(latest, limit, turn, value, words));
    }
    Instant saturated = resource.saturatedSince();
    if (saturated != null) {
      Turn turn = new Turn(Anomaly.Aspect.SATURATION, false, Severity.CRITICAL, saturated, now);
      // Within its first day there is no value of a day yet.
      over.add(anomaly(latest, limit, turn, Double.isNaN(value) ? latest.value() : value, words));
    }
    return over;
  }

  private Anomaly anomaly(Sample sample, double limit, Turn turn, double value, String words) {
    GroupRule.Group group = groups.apply(sample);
    return new Anomaly(
        ContentId.of("ano", sample.series(), turn.aspect(), turn.startedAt()),
        sample.series(),
        sample.name(),
        sample.labels(),
        turn.on() ? Anomaly.Status.OFF_BAND : Anomaly.Status.BACK,
        turn.bad(),
        turn.startedAt(),
        turn.at(),
        value,
        value,
        value,
        limit,
        0,
        1,
        group.key(),
        group.labels(),
        sample.name() + ": " + words,
        turn.aspect(),
        null,
        null,
        true,
        Anomaly.Kind.METRIC,
        null);
  }
}
