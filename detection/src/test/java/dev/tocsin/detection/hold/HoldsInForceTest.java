// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.hold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.alert.AlertOutcome.Reason;
import dev.tocsin.schemas.alert.HeldBy;
import dev.tocsin.schemas.hold.Inhibitor;
import dev.tocsin.schemas.setting.Setting;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HoldsInForceTest {

  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
  private static final Map<String, String> CRITICAL_ON_N1 =
      Map.of("alertname", "NodeDown", "severity", "critical", "node", "n1");

  private final HoldsInForce holds = new HoldsInForce();

  /** A rule of critical over warning alerts of one node × who fires × who may be held back. */
  static Stream<Arguments> table() {
    Map<String, String> warningOnN1 = Map.of("severity", "warning", "node", "n1");
    Map<String, String> anyOnN1 = Map.of("severity", "info", "node", "n1", "pod", "p");
    Map<String, String> noNode = Map.of("severity", "warning");
    Map<String, String> emptyNode = Map.of("severity", "critical", "node", "", "x", "y");
    return Stream.of(
        Arguments.of("same node", CRITICAL_ON_N1, warningOnN1, true),
        Arguments.of(
            "other node", CRITICAL_ON_N1, Map.of("severity", "warning", "node", "n2"), false),
        Arguments.of("no node", CRITICAL_ON_N1, noNode, false),
        Arguments.of("both without node", emptyNode, noNode, true),
        Arguments.of("not a target", CRITICAL_ON_N1, CRITICAL_ON_N1, false),
        Arguments.of("not a source", warningOnN1, anyOnN1, false));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("table")
  void inhibition(String name, Map<String, String> fires, Map<String, String> other, boolean held) {
    holds.put("inhibition/i", criticalOverOthers());
    holds.put("c1", inhibitor("a1", fires, NOW.plusSeconds(60)));
    assertThat(holds.on(other, NOW).isPresent()).isEqualTo(held);
  }

  @Test
  void alertOnBothSides_doesNotInhibitItself_norAnotherSuch() {
    Setting.Inhibition all =
        inhibition(matcher("node", "!=", ""), matcher("node", "!=", ""), List.of());
    holds.put("inhibition/i", all);
    holds.put("c1", inhibitor("a1", CRITICAL_ON_N1, NOW.plusSeconds(60)));
    assertThat(holds.mayInhibit(CRITICAL_ON_N1)).isTrue();
    assertThat(holds.on(CRITICAL_ON_N1, NOW)).isEmpty();
    assertThat(holds.on(Map.of("node", "n2"), NOW)).isEmpty();
  }

  @Test
  void inhibition_endsWithItsInhibitor_itsTime_orItsRule() {
    Map<String, String> target = Map.of("severity", "info", "node", "n1");
    holds.put("inhibition/i", criticalOverOthers());
    holds.put("c1", inhibitor("a1", CRITICAL_ON_N1, NOW.plusSeconds(60)));
    holds.put("c2", inhibitor("a2", CRITICAL_ON_N1, NOW.plusSeconds(90)));
    assertThat(holds.on(target, NOW.plusSeconds(59))).isPresent();
    long before = holds.changes();
    holds.put("c1", (Inhibitor) null);
    assertThat(holds.changes()).isGreaterThan(before);
    assertThat(holds.on(target, NOW)).map(h -> h.by().getFirst().inhibitor()).hasValue("a2");
    assertThat(holds.on(target, NOW.plusSeconds(90))).isEmpty();
    holds.put("inhibition/i", (Setting) null);
    assertThat(holds.on(target, NOW)).isEmpty();
    assertThat(holds.knowInhibition()).isTrue();
    holds.put("c2", (Inhibitor) null);
    assertThat(holds.knowInhibition()).isFalse();
  }

  @Test
  void rule_goesByWhatFiredBeforeItWasMade() {
    holds.put("c1", inhibitor("a1", CRITICAL_ON_N1, NOW.plusSeconds(60)));
    holds.put("inhibition/i", criticalOverOthers());
    assertThat(holds.on(Map.of("node", "n1"), NOW)).isPresent();
  }

  @Test
  void hold_namesAllThatHold_silencesFirst_untilTheLastEnds() {
    holds.put("inhibition/i", criticalOverOthers());
    holds.put("c1", inhibitor("a1", CRITICAL_ON_N1, NOW.plusSeconds(60)));
    holds.put("silence/s", silence("s", 3, NOW, NOW.plusSeconds(30)));
    holds.put("silence/t", silence("t", 1, NOW.plusSeconds(10), NOW.plusSeconds(99)));
    Hold hold = holds.on(Map.of("node", "n1"), NOW).orElseThrow();
    assertThat(hold.by()).extracting(HeldBy::id).containsExactly("s", "inh_1");
    assertThat(hold.by()).extracting(HeldBy::version).containsExactly(3, 1);
    assertThat(hold.until()).isEqualTo(NOW.plusSeconds(60));
    assertThat(hold.reason()).isEqualTo(Reason.SILENCED);
    assertThat(hold.words()).startsWith("silence s (version 3, by ann").endsWith("(and by 1 more)");
  }

  @Test
  void settingThatMeansNothing_holdsNothing() {
    holds.put("silence/s", silence("s", 1, NOW, NOW.plusSeconds(30)));
    holds.put("silence/s", silence("s", 2, NOW, NOW));
    assertThat(holds.on(Map.of("node", "n1"), NOW)).isEqualTo(Optional.empty());
  }

  @Test
  void settingsOfOthers_changeNothing() {
    long before = holds.changes();
    holds.put("model/m", new Setting.Model("m", "small", NOW));
    holds.put("model/m", (Setting) null);
    assertThat(holds.changes()).isEqualTo(before);
  }

  private static Setting.Silence silence(String id, int version, Instant from, Instant to) {
    return new Setting.Silence(
        id, version, matcher("node", "=", "n1"), from, to, null, "why", "ann", NOW, null, null);
  }

  private static Setting.Inhibition criticalOverOthers() {
    return inhibition(
        matcher("severity", "=", "critical"),
        matcher("severity", "!=", "critical"),
        List.of("node"));
  }

  private static Setting.Inhibition inhibition(
      List<Setting.Matcher> source, List<Setting.Matcher> target, List<String> equal) {
    return new Setting.Inhibition("inh_1", 1, source, target, equal, "why", "ann", NOW);
  }

  private static List<Setting.Matcher> matcher(String label, String operator, String value) {
    return List.of(new Setting.Matcher(label, operator, value));
  }

  private static Inhibitor inhibitor(String alert, Map<String, String> labels, Instant until) {
    return new Inhibitor(alert, "Node down", labels, NOW, until);
  }
}
