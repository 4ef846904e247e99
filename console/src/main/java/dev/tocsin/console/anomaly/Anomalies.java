// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.anomaly;

import dev.tocsin.console.view.Changes;
import dev.tocsin.console.view.Family;
import dev.tocsin.console.view.Fold;
import dev.tocsin.console.view.Key;
import dev.tocsin.console.view.Listing;
import dev.tocsin.console.view.Page;
import dev.tocsin.console.view.PageRequest;
import dev.tocsin.console.view.Rows;
import dev.tocsin.console.view.Table;
import dev.tocsin.schemas.anomaly.Anomaly;
import dev.tocsin.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Anomalies as the view holds them: of each episode, the latest report. */
public final class Anomalies {

  private static final Table ANOMALIES = new Table(Family.DAYS_90, "anomaly");
  private static final Listing<Anomaly> LISTING =
      new Listing<>(Family.DAYS_90, "anomaly-list", Anomaly.class);

  private static final Duration AROUND = Duration.ofMinutes(10);

  /** What nobody has said the end of is not believed for longer. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private static final int MOST_LOOKED_AT = 20;

  private final Rows rows;

  public Anomalies(Rows rows) {
    this.rows = rows;
  }

  public static List<Fold> folds() {
    return List.of(Fold.of(Topics.ANOMALIES, Anomalies::reported));
  }

  private static void reported(Anomaly anomaly, byte[] json, Changes changes) {
    Key key = ANOMALIES.key(anomaly.id());
    changes
        .find(key, Anomaly.class)
        .ifPresent(
            before -> LISTING.remove(changes, drawers(before), before.startedAt(), before.id()));
    changes.putBytes(key, json);
    LISTING.put(changes, drawers(anomaly), anomaly.startedAt(), anomaly.id(), anomaly);
  }

  private static List<String> drawers(Anomaly anomaly) {
    List<String> drawers = new ArrayList<>();
    drawers.add(anomaly.status().name());
    Anomaly.Kind kind = anomaly.kind() == null ? Anomaly.Kind.METRIC : anomaly.kind();
    drawers.add(of(kind));
    drawers.add(of(kind) + '/' + anomaly.status().name());
    drawers.add("group/" + anomaly.group());
    return List.copyOf(drawers);
  }

  private static String of(Anomaly.Kind kind) {
    return "kind/" + kind.name();
  }

  Page<Anomaly> page(
      Anomaly.@Nullable Status status, Anomaly.@Nullable Kind kind, PageRequest request) {
    String drawer = status == null ? Listing.ALL : status.name();
    if (kind != null) {
      drawer = status == null ? of(kind) : of(kind) + '/' + status.name();
    }
    Page<Anomaly> page = LISTING.page(rows, drawer, request, _ -> true);
    return new Page<>(page.items().stream().map(this::withAlongside).toList(), page.next());
  }

  /** With the other series of its group that left their bands within ten minutes, now known. */
  private Anomaly withAlongside(Anomaly anomaly) {
    if (!isMetric(anomaly)) {
      return anomaly;
    }
    List<Anomaly.Alongside> others =
        LISTING
            .between(
                rows,
                "group/" + anomaly.group(),
                anomaly.startedAt().minus(AROUND),
                anomaly.startedAt().plus(AROUND),
                MOST_LOOKED_AT)
            .stream()
            .filter(other -> isMetric(other) && !other.series().equals(anomaly.series()))
            .map(o -> new Anomaly.Alongside(o.series(), o.name(), o.startedAt(), o.deviation()))
            .toList();
    return others.isEmpty() ? anomaly : anomaly.with(others, anomaly.explanation());
  }

  private static boolean isMetric(Anomaly anomaly) {
    return anomaly.kind() == null || anomaly.kind() == Anomaly.Kind.METRIC;
  }

  /** What was unusual about the alerts of a group at a time, or began within some of it. */
  public List<Anomaly> around(String group, Instant at) {
    return LISTING
        .page(
            rows,
            "group/" + group,
            new PageRequest(null, MOST_LOOKED_AT),
            anomaly -> anomaly.kind() != null && isAround(anomaly, at))
        .items();
  }

  private static boolean isAround(Anomaly anomaly, Instant at) {
    Instant end =
        anomaly.status() == Anomaly.Status.BACK ? anomaly.at() : anomaly.at().plus(LONGEST);
    return !anomaly.startedAt().isAfter(at.plus(AROUND)) && !end.isBefore(at.minus(AROUND));
  }
}
