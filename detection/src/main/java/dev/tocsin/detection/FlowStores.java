// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import dev.tocsin.detection.flow.AlertFlow;
import dev.tocsin.detection.flow.Format;
import dev.tocsin.detection.flow.KeyFlow;
import dev.tocsin.detection.flow.ScopeFlow;
import dev.tocsin.kafka.store.Shelf;
import dev.tocsin.kafka.timer.TimerQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The memory of {@code watch-flow}. It is bounded: what has not been heard of for thirty days is
 * forgotten, and where there is too much, what was heard of longest ago.
 */
final class FlowStores implements AlertFlow.Memory {

  private static final String STORE = "flow";
  private static final int MOST_KEYS = 20_000;
  private static final int MOST_SCOPES = 5_000;
  private static final Duration KEPT = Duration.ofDays(30);
  private static final long DAY_MINUTES = 24 * 60;

  private final Shelf keys;
  private final Shelf scopes;
  private final TimerQueue timers;

  /** When something of each scope last began to fire. */
  private final Map<String, Long> scopeMinutes = new HashMap<>();

  private final Set<String> awake = new HashSet<>();
  private int keyCount;

  FlowStores(ProcessorContext<?, ?> context) {
    KeyValueStore<Bytes, byte[]> store = context.getStateStore(STORE);
    this.keys = new Shelf(store, "keys");
    this.scopes = new Shelf(store, "scopes");
    this.timers = new TimerQueue(new Shelf(store, "timers"));
    keys.forEach("", (_, _) -> keyCount++);
    scopes.forEach("", (key, bytes) -> remember(key, Format.read(bytes, ScopeFlow::read)));
  }

  static Set<StoreBuilder<?>> builders() {
    return Set.of(Shelf.store(STORE));
  }

  @Override
  public @Nullable KeyFlow key(String identity) {
    byte[] bytes = keys.get(identity);
    return bytes == null ? null : Format.read(bytes, KeyFlow::read);
  }

  @Override
  public void put(String identity, KeyFlow key) {
    if (keys.get(identity) == null) {
      keyCount++;
    }
    // One timer is enough: when it fires before the time, it is set again for the right one.
    long due = key.dueAt();
    if (due >= 0 && (key.timerAt() < 0 || due < key.timerAt())) {
      timers.set(Instant.ofEpochMilli(due), identity);
      key.timerAt(due);
    }
    keys.put(identity, Format.bytes(key::write));
  }

  @Override
  public @Nullable ScopeFlow scope(String key) {
    byte[] bytes = scopes.get(key);
    return bytes == null ? null : Format.read(bytes, ScopeFlow::read);
  }

  @Override
  public void put(String key, ScopeFlow scope) {
    remember(key, scope);
    scopes.put(key, Format.bytes(scope::write));
  }

  private void remember(String key, ScopeFlow scope) {
    scopeMinutes.put(key, scope.lastMinute());
    if (scope.isAwake()) {
      awake.add(key);
    } else {
      awake.remove(key);
    }
  }

  /** The alerts whose timers rang; the timers are gone with this. */
  List<String> due(long now) {
    return timers.drain(Instant.ofEpochMilli(now)).stream().map(TimerQueue.Due::name).toList();
  }

  /** What has to be looked at in each minute; in the last of an hour, all that lived that day. */
  List<String> scopesToLookAt(long minute, boolean all) {
    return all
        ? scopeMinutes.entrySet().stream()
            .filter(scope -> scope.getValue() >= minute - DAY_MINUTES)
            .map(Map.Entry::getKey)
            .sorted()
            .toList()
        : awake.stream().sorted().toList();
  }

  boolean isFull() {
    return keyCount > MOST_KEYS * 11L / 10 || scopeMinutes.size() > MOST_SCOPES * 11L / 10;
  }

  /** Forgets what is old or too much. */
  void sweep(long now) {
    Map<String, Long> heard = new HashMap<>();
    keys.forEach(
        "", (identity, bytes) -> heard.put(identity, Format.read(bytes, KeyFlow::read).lastAt()));
    oldest(heard, now - KEPT.toMillis(), MOST_KEYS).forEach(keys::remove);
    keyCount = heard.size();
    for (String key :
        oldest(new HashMap<>(scopeMinutes), AlertFlow.minute(now - KEPT.toMillis()), MOST_SCOPES)) {
      scopes.remove(key);
      scopeMinutes.remove(key);
      awake.remove(key);
    }
  }

  /** Takes out what is to be forgotten. */
  private static List<String> oldest(Map<String, Long> heard, long before, int most) {
    List<String> gone =
        new ArrayList<>(
            heard.entrySet().stream()
                .filter(entry -> entry.getValue() < before)
                .map(Map.Entry::getKey)
                .toList());
    gone.forEach(heard::remove);
    if (heard.size() > most) {
      List<String> tooMany =
          heard.entrySet().stream()
              .sorted(
                  Map.Entry.<String, Long>comparingByValue()
                      .thenComparing(Map.Entry::getKey, Comparator.naturalOrder()))
              .limit(heard.size() - most * 9L / 10)
              .map(Map.Entry::getKey)
              .toList();
      tooMany.forEach(heard::remove);
      gone.addAll(tooMany);
    }
    return gone;
  }
}
