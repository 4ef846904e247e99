// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.anomaly.Anomaly;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AlertFlowTest {

  private static final long MINUTE = 60_000;
  private static final long DAY = 24 * 60 * MINUTE;

  /** As a store does: what is read is not what was put, but what it was then. */
  private final class Stored implements AlertFlow.Memory {
    private final Map<String, byte[]> keys = new TreeMap<>();
    private final Map<String, byte[]> scopes = new TreeMap<>();

    @Override
    public KeyFlow key(String identity) {
      byte[] bytes = keys.get(identity);
      return bytes == null ? null : Format.read(bytes, KeyFlow::read);
    }

    @Override
    public void put(String identity, KeyFlow key) {
      keys.put(identity, Format.bytes(key::write));
    }

    @Override
    public ScopeFlow scope(String key) {
      byte[] bytes = scopes.get(key);
      return bytes == null ? null : Format.read(bytes, ScopeFlow::read);
    }

    @Override
    public void put(String key, ScopeFlow scope) {
      scopes.put(key, Format.bytes(scope::write));
    }
  }

  private final Stored stored = new Stored();
  private final AlertFlow flow = new AlertFlow(stored);
  private final List<Finding> found = new ArrayList<>();
  private long now = 100 * DAY;

  @Test
  void stormOfManyServices_isOneOfTheTeamAndOfEverything() {
    for (int i = 0; i < 3 * 24; i++) {
      episode("usual", "checkout", "Slow");
      pass(58 * MINUTE);
    }
    found.clear();
    for (int i = 0; i < 80; i++) {
      hear("new" + i, "service" + i, "Down", true);
      pass(MINUTE / 20);
    }
    pass(10 * MINUTE);
    assertThat(begun(Anomaly.Kind.STORM)).containsExactlyInAnyOrder("team/1/shop", "everything/1");
    assertThat(found.stream().filter(f -> f.kind() == Anomaly.Kind.STORM && !f.begins()))
        .hasSize(2);
  }

  @Test
  void repeats_areNoEpisodes() {
    for (int i = 0; i < 3 * 24; i++) {
      episode("usual", "checkout", "Slow");
      pass(58 * MINUTE);
    }
    found.clear();
    hear("a", "checkout", "Slow", true);
    for (int i = 0; i < 500; i++) {
      hear("a", "checkout", "Slow", true);
      pass(MINUTE / 50);
    }
    assertThat(begun(Anomaly.Kind.STORM)).isEmpty();
  }

  @Test
  void whatWasNew_isOverWhenItResolves_andNewNoMore() {
    for (int i = 0; i < 60; i++) {
      episode("a" + i % 3, "checkout", "Slow");
      pass(10 * MINUTE);
    }
    assertThat(begun(Anomaly.Kind.NEVER_SEEN)).isEmpty();
    episode("other", "checkout", "Odd");
    episode("other", "checkout", "Odd");
    assertThat(found.stream().filter(f -> f.kind() == Anomaly.Kind.NEVER_SEEN))
        .extracting(Finding::begins)
        .containsExactly(true, false);
    Anomaly anomaly = found.getFirst().anomaly("g");
    assertThat(anomaly.explanation()).startsWith("“other” was never heard of");
    assertThat(anomaly.id()).isEqualTo(found.getLast().anomaly("g").id());
    assertThat(anomaly.score()).isBetween(0.2, 1.0);
  }

  @Test
  void alertThatFiresForTooLong_isStuck_andOverWhenItResolves() {
    for (int i = 0; i < 10; i++) {
      hear("a", "checkout", "Slow", true);
      pass(20 * MINUTE);
      hear("a", "checkout", "Slow", false);
      pass(5 * 60 * MINUTE);
    }
    hear("a", "checkout", "Slow", true);
    assertThat(due("a", 30)).isEmpty();
    assertThat(due("a", 200)).containsExactly("STUCK_FIRING true");
    assertThat(due("a", 300)).isEmpty();
    found.clear();
    hear("a", "checkout", "Slow", false);
    assertThat(found).extracting(f -> f.kind() + " " + f.begins()).contains("STUCK_FIRING false");
  }

  @Test
  void alertThatIsReportedRegularly_isMissedAndComesBack() {
    for (int i = 0; i < 40; i++) {
      hear("watchdog", "prometheus", "Watchdog", true);
      pass(5 * MINUTE);
    }
    assertThat(due("watchdog", 20)).containsExactly("MISSING_HEARTBEAT true");
    Finding missing = found.getLast();
    assertThat(missing.anomaly("g").forPeople()).isTrue();
    // However late somebody looks, it says the same.
    assertThat(missing.at()).isEqualTo(missing.startedAt());
    hear("watchdog", "prometheus", "Watchdog", true);
    assertThat(found.getLast().begins()).isFalse();
    assertThat(found.getLast().anomaly("g").id()).isEqualTo(missing.anomaly("g").id());
  }

  @Test
  void sameReports_makeTheSameFindings() {
    alertThatFiresForTooLong_isStuck_andOverWhenItResolves();
    List<Anomaly> first = found.stream().map(f -> f.anomaly("g")).toList();
    AlertFlowTest again = new AlertFlowTest();
    again.alertThatFiresForTooLong_isStuck_andOverWhenItResolves();
    assertThat(again.found.stream().map(f -> f.anomaly("g")).toList()).isEqualTo(first);
  }

  @Test
  void state_isSmall() {
    stormOfManyServices_isOneOfTheTeamAndOfEverything();
    assertThat(stored.keys.values()).allMatch(bytes -> bytes.length < 500);
    assertThat(stored.scopes.values()).allMatch(bytes -> bytes.length < 1_500);
  }

  private List<String> begun(Anomaly.Kind kind) {
    return found.stream()
        .filter(f -> f.kind() == kind && f.begins())
        .map(f -> f.subject().key())
        .toList();
  }

  private void episode(String identity, String service, String name) {
    hear(identity, service, name, true);
    pass(MINUTE);
    hear(identity, service, name, false);
    pass(MINUTE);
  }

  private void pass(long millis) {
    long before = now;
    now += millis;
    if (AlertFlow.minute(before) != AlertFlow.minute(now)) {
      List.copyOf(stored.scopes.keySet()).forEach(key -> found.addAll(flow.minuteOver(key, now)));
    }
  }

  private List<String> due(String identity, int minutesLater) {
    List<Finding> due = flow.due(identity, now + minutesLater * MINUTE);
    found.addAll(due);
    return due.stream().map(f -> f.kind() + " " + f.begins()).toList();
  }

  private void hear(String identity, String service, String name, boolean firing) {
    found.addAll(
        flow.hear(
            new Report(
                "1",
                identity,
                "org=1,service=" + service,
                Map.of("service", service),
                "shop",
                name,
                identity,
                Severity.ERROR,
                firing,
                null),
            now));
  }
}
