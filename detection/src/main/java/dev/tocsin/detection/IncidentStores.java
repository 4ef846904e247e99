// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import dev.tocsin.detection.anomaly.Movements;
import dev.tocsin.detection.incident.AlertGroup;
import dev.tocsin.detection.incident.Condition;
import dev.tocsin.detection.incident.Decision;
import dev.tocsin.detection.inhibit.InhibitorChange;
import dev.tocsin.detection.storm.StormRules;
import dev.tocsin.detection.storm.StormState;
import dev.tocsin.kafka.store.JsonShelf;
import dev.tocsin.kafka.store.Shelf;
import dev.tocsin.kafka.timer.TimerQueue;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.anomaly.Anomaly;
import dev.tocsin.schemas.hold.Inhibitor;
import dev.tocsin.schemas.incident.IncidentEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The memory of {@code decide-incident}: groups, their conditions beside them, the storm, timers,
 * which conditions are held back, what was told of inhibitors, and which series moved.
 */
final class IncidentStores implements Decisions.Memory {

  static final String STORE = "incidents";

  /** Far more than ingest may have underway when Kafka stops answering. */
  private static final int LATEST_ALERTS = 10_000;

  /**
   * Both the storm's key in its store, and the name of its timer; other timers begin with a digit.
   */
  private static final String THE_STORM = "storm";

  private final JsonShelf<AlertGroup> groups;
  private final JsonShelf<Condition> conditions;
  private final JsonShelf<StormState> storm;
  private final JsonShelf<Inhibitor> inhibitors;

  /** Open incidents that a storm speaks for, and when it began. */
  private final JsonShelf<Instant> underStorm;

  /** Series that left their bands lately, by the place of their group. */
  private final JsonShelf<Movements> movements;

  private final TimerQueue timers;
  private final Shelf latest;
  private final LatestAlerts latestAlerts = new LatestAlerts(LATEST_ALERTS);
  private final Rounds held;
  private final int remembered;

  IncidentStores(ProcessorContext<?, ?> context, int remembered) {
    KeyValueStore<Bytes, byte[]> store = context.getStateStore(STORE);
    this.groups = new JsonShelf<>(new Shelf(store, "groups"), AlertGroup.class);
    this.conditions = new JsonShelf<>(new Shelf(store, "conditions"), Condition.class);
    this.storm = new JsonShelf<>(new Shelf(store, "storm"), StormState.class);
    this.inhibitors = new JsonShelf<>(new Shelf(store, "inhibitors"), Inhibitor.class);
    this.underStorm = new JsonShelf<>(new Shelf(store, "under-storm"), Instant.class);
    this.movements = new JsonShelf<>(new Shelf(store, "movements"), Movements.class);
    this.timers = new TimerQueue(new Shelf(store, "timers"));
    this.latest = new Shelf(store, "latest");
    this.held = new Rounds(new Shelf(store, "held"));
    this.remembered = remembered;
    latest.forEach("", this::restoreLatest);
  }

  /** What moved lately in a group. */
  Movements movements(String group) {
    return Objects.requireNonNullElse(movements.get(Movements.place(group)), Movements.NONE);
  }

  void putMoved(Anomaly anomaly) {
    if (Movements.isMovement(anomaly)) {
      movements.put(Movements.place(anomaly.group()), movements(anomaly.group()).and(anomaly));
    }
  }

  static Set<StoreBuilder<?>> builders() {
    return Set.of(Shelf.store(STORE));
  }

  /** Whether an alert was decided before: then this is a copy of its record. */
  boolean isDecided(Alert alert) {
    return latestAlerts.contain(alert.id());
  }

  void putDecided(Alert alert) {
    LatestAlerts.Place place = latestAlerts.add(alert.id());
    latest.put(
        Integer.toString(place.slot()),
        (place.number() + " " + alert.id()).getBytes(StandardCharsets.UTF_8));
  }

  private void restoreLatest(String slot, byte[] stored) {
    String[] parts = new String(stored, StandardCharsets.UTF_8).split(" ", 2);
    latestAlerts.restore(
        new LatestAlerts.Place(Integer.parseInt(slot), Long.parseLong(parts[0])), parts[1]);
  }

  @Override
  public Optional<AlertGroup> group(String key) {
    return Optional.ofNullable(groups.get(key));
  }

  @Override
  public @Nullable Condition condition(String group, String identity) {
    return conditions.get(new ConditionKey(group, identity).text());
  }

  @Override
  public StormState storm() {
    return Objects.requireNonNullElse(storm.get(THE_STORM), StormState.CALM);
  }

  @Override
  public @Nullable Instant stormOf(String incidentId) {
    return underStorm.get(incidentId);
  }

  @Override
  public @Nullable Inhibitor inhibitor(String group, String identity) {
    return inhibitors.get(new ConditionKey(group, identity).text());
  }

  /** The key of what is told of a condition. */
  static String key(InhibitorChange change) {
    return new ConditionKey(change.group(), change.identity()).text();
  }

  /** Writes what was decided. Nothing before this has changed anything. */
  void put(Decisions.Decided decided, Instant now) {
    decided.decisions().forEach(decision -> put(decision, now));
    decided.decisions().forEach(decision -> putUnderStorm(decision, decided.storm()));
    InhibitorChange change = decided.inhibitor();
    if (change != null) {
      put(change);
    }
    StormState next = decided.storm();
    if (next != null) {
      if (next instanceof StormState.Raging && !(storm() instanceof StormState.Raging)) {
        timers.set(now.plus(StormRules.CHECK_EVERY), THE_STORM);
      }
      storm.put(THE_STORM, next);
    }
  }

  private void putUnderStorm(Decision decision, @Nullable StormState storm) {
    for (IncidentEvent event : decision.events()) {
      Instant since = storm == null ? null : storm.since();
      if (event instanceof IncidentEvent.Opened o && o.parent() != null && since != null) {
        underStorm.put(o.incidentId(), since);
      } else if (event instanceof IncidentEvent.Resolved r
          && underStorm.get(r.incidentId()) != null) {
        underStorm.remove(r.incidentId());
      }
    }
  }

  private void put(InhibitorChange change) {
    Inhibitor inhibitor = change.inhibitor();
    if (inhibitor == null) {
      inhibitors.remove(key(change));
    } else {
      inhibitors.put(key(change), inhibitor);
    }
  }

  private void put(Decision decision, Instant now) {
    AlertGroup group = decision.group();
    String identity = decision.identity();
    if (identity != null) {
      put(new ConditionKey(group.key(), identity), decision.condition(), now);
    }
    if (group.ended() > remembered) {
      group = group.without(dropOldest(group));
    }
    if (group.isForgotten()) {
      groups.remove(group.key());
    } else {
      groups.put(group.key(), group);
    }
  }

  private void put(ConditionKey key, @Nullable Condition next, Instant now) {
    String text = key.text();
    Condition before = conditions.get(text);
    if (next instanceof Condition.Held && !(before instanceof Condition.Held)) {
      held.add(text);
    } else if (before instanceof Condition.Held && !(next instanceof Condition.Held)) {
      held.remove(text);
    }
    if (next == null) {
      if (before != null) {
        conditions.remove(text);
      }
      return;
    }
    // One timer is enough: when it fires before the time, it is set again for the right one.
    boolean timerIsSet =
        before != null && before.until().isAfter(now) && !next.until().isBefore(before.until());
    if (!timerIsSet) {
      timers.set(next.until(), text);
    }
    if (!next.equals(before)) {
      conditions.put(text, next);
    }
  }

  /** Half of them at once, so that it is seldom done. */
  private int dropOldest(AlertGroup group) {
    Map<String, Instant> ended = new HashMap<>();
    conditions.forEach(
        ConditionKey.prefix(group.key()),
        (key, condition) -> {
          if (condition instanceof Condition.Over) {
            ended.put(key, condition.until());
          }
        });
    List<String> oldest =
        ended.entrySet().stream()
            .sorted(Map.Entry.comparingByValue())
            .limit(Math.max(0, ended.size() - remembered / 2))
            .map(Map.Entry::getKey)
            .toList();
    oldest.forEach(conditions::remove);
    return oldest.size();
  }

  /** The timers that came due; they are gone with this. */
  List<TimerQueue.Due> drain(Instant now) {
    return timers.drain(now);
  }

  /** What a timer is about; empty when nothing is left to do. */
  Optional<Due> due(String timer, Instant now) {
    if (timer.equals(THE_STORM)) {
      return Optional.of(new Due.Storm());
    }
    Condition condition = conditions.get(timer);
    if (condition == null) {
      return Optional.empty();
    }
    if (condition.until().isAfter(now)) {
      timers.set(condition.until(), timer);
      return Optional.empty();
    }
    ConditionKey key = ConditionKey.read(timer);
    return Optional.of(new Due.OfCondition(key.group(), key.identity(), condition));
  }

  /**
   * Some of the conditions that are held back, so that all of them come once after each change.
   *
   * @param changes grows with each change
   */
  List<Due.OfCondition> held(long changes) {
    List<Due.OfCondition> found = new ArrayList<>();
    for (String text : held.next(changes)) {
      Condition condition = conditions.get(text);
      if (condition != null) {
        ConditionKey key = ConditionKey.read(text);
        found.add(new Due.OfCondition(key.group(), key.identity(), condition));
      }
    }
    return found;
  }

  /** A storm that is not over is looked at again. */
  void checkStormAgain(Instant now) {
    if (storm() instanceof StormState.Raging) {
      timers.set(now.plus(StormRules.CHECK_EVERY), THE_STORM);
    }
  }

  /** Something whose time has come. */
  sealed interface Due {
    record Storm() implements Due {}

    record OfCondition(String group, String identity, Condition condition) implements Due {}
  }

  /** A condition's place in its store: beside the others of its group, and of no other group. */
  private record ConditionKey(String group, String identity) {

    static String prefix(String group) {
      // The length goes first, so that no group's key can be the beginning of another's.
      return group.length() + ":" + group;
    }

    String text() {
      return prefix(group) + identity;
    }

    static ConditionKey read(String text) {
      int colon = text.indexOf(':');
      int end = colon + 1 + Integer.parseInt(text, 0, colon, 10);
      return new ConditionKey(text.substring(colon + 1, end), text.substring(end));
    }
  }
}
