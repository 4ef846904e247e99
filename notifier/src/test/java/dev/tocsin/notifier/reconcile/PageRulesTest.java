// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import static dev.tocsin.notifier.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.command.Command;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageRulesTest {

  private static final Watched INCIDENT = Watched.unresolved("inc_1", 2, "prod/shop", NOON);

  @ParameterizedTest
  @CsvSource({
    "false, NOTHING,     TRIGGERED,    nothing",
    "false, NOTHING,     ACKNOWLEDGED, acknowledge",
    "false, NOTHING,     RESOLVED,     resolve",
    "true,  NOTHING,     TRIGGERED,    nothing",
    "true,  NOTHING,     ACKNOWLEDGED, nothing",
    "true,  NOTHING,     RESOLVED,     resolve",
    "false, ACKNOWLEDGE, ACKNOWLEDGED, nothing",
    "false, ACKNOWLEDGE, RESOLVED,     resolve",
    "true,  ACKNOWLEDGE, RESOLVED,     resolve",
    "false, RESOLVE,     ACKNOWLEDGED, nothing",
    "true,  RESOLVE,     RESOLVED,     nothing",
  })
  void report_meansOneCommandForEachChange(
      boolean acknowledged, Watched.Asked asked, PageReport.Status status, String expected) {
    Watched watched = (acknowledged ? INCIDENT.acknowledge() : INCIDENT).ask(asked);
    List<Command> commands = decide(watched, "tocsin-inc_1-2", status);
    assertThat(commands.stream().map(PageRulesTest::kind).findFirst().orElse("nothing"))
        .isEqualTo(expected);
    assertThat(commands).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void incidentWithoutReport_isLeftAlone() {
    assertThat(PageRules.decide(List.of(INCIDENT), Map.of(), NOON)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"tocsin-inc_1-1", "tocsin-inc_2-2", "inc_1", "somebody else's"})
  void reportOfAnotherEpochOrKey_meansNothing(String key) {
    assertThat(decide(INCIDENT, key, PageReport.Status.RESOLVED)).isEmpty();
  }

  @Test
  void command_saysWhoAndGoesToTheGroup() {
    assertThat(decide(INCIDENT, "tocsin-inc_1-2", PageReport.Status.ACKNOWLEDGED))
        .singleElement()
        .isInstanceOfSatisfying(
            Command.Acknowledge.class,
            c -> {
              assertThat(c.incidentId()).isEqualTo("inc_1");
              assertThat(c.scope()).isEqualTo("prod/shop");
              assertThat(c.by()).isEqualTo("Ada");
              assertThat(c.via()).isEqualTo("pagerduty");
              assertThat(c.at()).isEqualTo(NOON);
              assertThat(c.epoch()).isEqualTo(2);
            });
  }

  @Test
  void mergedPage_isNotOver_andSomebodyHasIt() {
    PageReport merged =
        new PageReport("P1", "k", PageReport.Status.RESOLVED, "", "Ada", "Database down", null);
    assertThat(PageRules.decide(List.of(INCIDENT), Map.of(INCIDENT.dedupKey(), merged), NOON))
        .extracting(Object::getClass)
        .containsExactly(Command.Acknowledge.class, Command.AddNote.class);
  }

  @Test
  void id_isThatOfTheChange_whoeverDecides() {
    String id = id(INCIDENT, PageReport.Status.RESOLVED);
    assertThat(id(INCIDENT.acknowledge(), PageReport.Status.RESOLVED)).isEqualTo(id);
    assertThat(id(INCIDENT, PageReport.Status.ACKNOWLEDGED)).isNotEqualTo(id);
    assertThat(id(Watched.unresolved("inc_1", 3, "prod/shop", NOON), PageReport.Status.RESOLVED))
        .isNotEqualTo(id);
  }

  private static String id(Watched watched, PageReport.Status status) {
    return decide(watched, watched.dedupKey(), status).getFirst().id();
  }

  private static List<Command> decide(Watched watched, String key, PageReport.Status status) {
    return PageRules.decide(
        List.of(watched),
        Map.of(key, new PageReport("P1", key, status, "", "Ada", null, null)),
        NOON);
  }

  private static String kind(Command command) {
    return switch (command) {
      case Command.Acknowledge _ -> "acknowledge";
      case Command.Resolve _ -> "resolve";
      case Command.AddNote _,
          Command.MoveAlerts _,
          Command.ReplayDelivery _,
          Command.TestSubscription _,
          Command.DeleteSubscription _ ->
          "another";
    };
  }
}
