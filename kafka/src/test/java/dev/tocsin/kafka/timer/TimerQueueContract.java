// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.kafka.store.Shelf;
import dev.tocsin.kafka.timer.TimerQueue.Due;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What timers do, on any store. */
abstract class TimerQueueContract {

  private static final Instant NOW = Instant.parse("2026-03-01T03:04:05.678Z");

  @TempDir Path dir;

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1000);
  private KeyValueStore<Bytes, byte[]> store;
  private TimerQueue timers;

  abstract KeyValueStore<Bytes, byte[]> newStore();

  @BeforeEach
  void openStore() {
    Properties config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, "timers");
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
    MockProcessorContext<Void, Void> context =
        new MockProcessorContext<>(config, new TaskId(0, 0), dir.toFile());
    store = newStore();
    store.init(context.getStateStoreContext(), store);
    timers = new TimerQueue(shelf(), nanos::get);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void timers_fireInOrderOfTime_thenOfName_andOnce() {
    timers.set(NOW, "b");
    timers.set(NOW.minusMillis(1), "z");
    timers.set(NOW, "a");
    timers.set(NOW.minusSeconds(100_000_000), "first");
    assertThat(names(timers.drain(NOW))).containsExactly("first", "z", "a", "b");
    assertThat(timers.drain(NOW)).isEmpty();
  }

  @Test
  void timer_tellsWhenItWasDue_toTheMillisecond() {
    timers.set(NOW.plusNanos(999_999), "one \u00fc");
    assertThat(timers.drain(NOW)).containsExactly(new Due(NOW, "one \u00fc"));
  }

  @Test
  void timer_doesNotFireEarly() {
    timers.set(NOW.plusMillis(1), "later");
    assertThat(timers.drain(NOW)).isEmpty();
    assertThat(names(timers.drain(NOW.plusMillis(1)))).containsExactly("later");
  }

  @Test
  void cancelled_doesNotFire_andOthersDo() {
    timers.set(NOW, "kept");
    timers.set(NOW, "gone");
    timers.cancel(NOW, "gone");
    timers.cancel(NOW.plusSeconds(1), "kept");
    assertThat(names(timers.drain(NOW))).containsExactly("kept");
  }

  @Test
  void setTwice_firesOnce() {
    timers.set(NOW, "a");
    timers.set(NOW, "a");
    assertThat(timers.drain(NOW)).hasSize(1);
  }

  @Test
  void overdueAtStart_firesAtTheFirstTurn() {
    timers.set(NOW.minusSeconds(3600), "overdue");
    TimerQueue restarted = new TimerQueue(shelf());
    assertThat(names(restarted.drain(NOW))).containsExactly("overdue");
  }

  @Test
  void setInThePast_afterATurn_firesAtTheNext() {
    timers.drain(NOW);
    timers.set(NOW.minusSeconds(60), "past");
    assertThat(names(timers.drain(NOW.plusMillis(100)))).containsExactly("past");
  }

  @Test
  void beforeTheEpoch_firesAndCancels() {
    timers.set(Instant.EPOCH.minusSeconds(1), "old");
    timers.set(Instant.EPOCH.minusSeconds(2), "gone");
    timers.cancel(Instant.EPOCH.minusSeconds(2), "gone");
    assertThat(names(timers.drain(NOW))).containsExactly("old");
  }

  @Test
  void clockThatStepsBack_losesNothing() {
    timers.drain(NOW.plusSeconds(3600));
    timers.set(NOW.plusSeconds(5), "soon");
    assertThat(timers.drain(NOW)).isEmpty();
    timers.set(NOW.plusSeconds(4), "sooner");
    assertThat(names(timers.drain(NOW.plusSeconds(5)))).containsExactly("sooner", "soon");
  }

  @Test
  void fewerATurn_fireOverTurns_inOrder() {
    List.of("a", "b", "c").forEach(name -> timers.set(NOW, name));
    assertThat(names(timers.drain(NOW, 2))).containsExactly("a", "b");
    assertThat(names(timers.drain(NOW, 2))).containsExactly("c");
    assertThat(timers.drain(NOW, 2)).isEmpty();
  }

  @Test
  void moreThanOneTurnsWorth_firesOverTurns_inOrder_andAllOfIt() {
    IntStream.range(0, 1234).forEach(i -> timers.set(NOW.plusMillis(i / 7), "t%05d".formatted(i)));
    List<String> fired = new ArrayList<>();
    List<Integer> turns = new ArrayList<>();
    for (List<Due> due = timers.drain(NOW.plusSeconds(1));
        !due.isEmpty();
        due = timers.drain(NOW.plusSeconds(1))) {
      turns.add(due.size());
      fired.addAll(names(due));
    }
    assertThat(turns).containsExactly(500, 500, 234);
    assertThat(fired).hasSize(1234).isSorted();
  }

  @Test
  void turnThatTakesTooLong_isCut_butAlwaysMovesOn() {
    TimerQueue slow = new TimerQueue(shelf(), () -> nanos.addAndGet(20_000_000));
    slow.set(NOW, "a");
    slow.set(NOW, "b");
    slow.set(NOW.plusMillis(1), "c");
    assertThat(names(slow.drain(NOW.plusSeconds(1)))).containsExactly("a");
    assertThat(names(slow.drain(NOW.plusSeconds(1)))).containsExactly("b");
    assertThat(names(slow.drain(NOW.plusSeconds(1)))).containsExactly("c");
    assertThat(slow.drain(NOW.plusSeconds(1))).isEmpty();
  }

  @Test
  void setForBeforeTheCut_whileTurnsAreCut_isNotMissed() {
    TimerQueue slow = new TimerQueue(shelf(), () -> nanos.addAndGet(20_000_000));
    slow.set(NOW, "a");
    slow.set(NOW.plusMillis(5), "b");
    assertThat(names(slow.drain(NOW.plusSeconds(1)))).containsExactly("a");
    slow.set(NOW.minusMillis(5), "before");
    assertThat(names(slow.drain(NOW.plusSeconds(1)))).containsExactly("before");
    assertThat(names(slow.drain(NOW.plusSeconds(1)))).containsExactly("b");
  }

  private Shelf shelf() {
    return new Shelf(store, "timers");
  }

  private static List<String> names(List<Due> due) {
    return due.stream().map(Due::name).toList();
  }
}
