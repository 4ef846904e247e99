// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.alert;

import dev.tocsin.console.beat.Beats;
import dev.tocsin.console.view.Changes;
import dev.tocsin.console.view.Counters;
import dev.tocsin.console.view.Family;
import dev.tocsin.console.view.Fold;
import dev.tocsin.console.view.Key;
import dev.tocsin.console.view.Rows;
import dev.tocsin.console.view.Table;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertKind;
import dev.tocsin.schemas.alert.AlertOutcome;
import dev.tocsin.schemas.alert.AlertStatus;
import dev.tocsin.schemas.topic.Json;
import dev.tocsin.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Alerts and what became of them, as the view holds them.
 *
 * <p>An outcome may be read before its alert, and outlives it: an alert counts as accepted when
 * either is seen. So accepted is always accounted for plus unexplained.
 */
public final class Alerts {

  /** Counters. By source, by outcome, by reason, and outcomes that came twice for one alert. */
  public static final String ACCEPTED = "accepted";

  public static final String OUTCOMES = "outcome";
  public static final String REASONS = "reason";
  public static final String REPEATED = "repeated-outcome";

  private static final Table ALERTS = new Table(Family.DAYS_7, "alert");
  private static final Table OUTCOME = new Table(Family.DAYS_90, "alert-outcome");

  /** Never expires: an alert nobody accounted for must not be forgotten. */
  private static final Table UNEXPLAINED = new Table(Family.FOR_GOOD, "unexplained");

  private static final int MOST_OF_RECEIPT = 10_000;

  private final Rows rows;

  public Alerts(Rows rows) {
    this.rows = rows;
  }

  /** An accepted alert without an outcome. */
  public record Unexplained(String id, String source, String title, Instant receivedAt) {}

  /** As much of an alert as it takes to say whether a silence matches. */
  public record Glimpse(
      String id,
      String source,
      String org,
      String fingerprint,
      AlertKind kind,
      AlertStatus status,
      String title,
      Map<String, String> labels,
      Instant receivedAt) {

    /** The identity of the condition, over all sources. */
    public String condition() {
      return source + '/' + org + '/' + fingerprint;
    }
  }

  public static List<Fold> folds() {
    return List.of(
        Fold.of(Topics.ALERTS, Alerts::accepted), Fold.of(Topics.ALERT_OUTCOMES, Alerts::decided));
  }

  private static void accepted(Alert alert, byte[] json, Changes changes) {
    changes.putBytes(ALERTS.key(alert.id()), json);
    Beats.accepted(alert, changes);
    Key unexplained = UNEXPLAINED.key(alert.id());
    if (!changes.contains(OUTCOME.key(alert.id())) && !changes.contains(unexplained)) {
      Counters.add(changes, ACCEPTED, alert.source(), 1);
      changes.put(
          unexplained,
          new Unexplained(alert.id(), alert.source(), alert.title(), alert.receivedAt()));
    }
  }

  private static void decided(AlertOutcome outcome, byte[] json, Changes changes) {
    Key key = OUTCOME.key(outcome.alertId());
    AlertOutcome before = changes.find(key, AlertOutcome.class).orElse(null);
    if (before != null && before.outcome() != AlertOutcome.Outcome.DEAD_LETTER) {
      Counters.add(changes, REPEATED, outcome.outcome().name(), 1);
      return;
    }
    changes.putBytes(key, json);
    if (before != null) { // A dead letter that was replayed: what became of it then is its outcome.
      Counters.add(changes, OUTCOMES, before.outcome().name(), -1);
      Counters.add(changes, REASONS, before.reason().name(), -1);
      Counters.add(changes, OUTCOMES, outcome.outcome().name(), 1);
      Counters.add(changes, REASONS, outcome.reason().name(), 1);
      return;
    }
    Counters.add(changes, OUTCOMES, outcome.outcome().name(), 1);
    Counters.add(changes, REASONS, outcome.reason().name(), 1);
    Key unexplained = UNEXPLAINED.key(outcome.alertId());
    if (changes.contains(unexplained)) {
      changes.delete(unexplained);
    } else {
      Counters.add(changes, ACCEPTED, outcome.source(), 1);
    }
  }

  Optional<Alert> find(String id) {
    return rows.find(ALERTS.key(id), Alert.class);
  }

  public Optional<AlertOutcome> outcome(String id) {
    return rows.find(OUTCOME.key(id), AlertOutcome.class);
  }

  /** The ids of the alerts a sender was given one receipt for. */
  SortedSet<String> ofReceipt(String receipt) {
    SortedSet<String> ids =
        new TreeSet<>(java.util.Comparator.comparing(String::length).thenComparing(id -> id));
    for (Table table : List.of(ALERTS, OUTCOME)) {
      String prefix = receipt + '-';
      rows.scan(
          table.key().startingWith(prefix),
          null,
          (suffix, _) -> {
            String index = new String(suffix, 0, suffix.length - 1, StandardCharsets.UTF_8);
            if (!index.isEmpty() && index.chars().allMatch(c -> c >= '0' && c <= '9')) {
              ids.add(prefix + index);
            }
            return ids.size() < MOST_OF_RECEIPT;
          });
    }
    return ids;
  }

  /** Shows alerts, in no order of time; false when there are more than that. */
  public boolean scan(int most, Consumer<Glimpse> visitor) {
    int[] seen = {0};
    rows.scan(
        ALERTS.key(),
        null,
        (_, json) -> {
          if (seen[0]++ == most) {
            return false;
          }
          visitor.accept(Json.MAPPER.readValue(json, Glimpse.class));
          return true;
        });
    return seen[0] <= most;
  }

  /** Some of the alerts without an outcome. */
  public List<Unexplained> unexplained(int most) {
    return rows.first(UNEXPLAINED.key(), most, Unexplained.class);
  }
}
