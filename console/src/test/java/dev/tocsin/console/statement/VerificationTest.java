// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.statement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.seal.Seal;
import dev.tocsin.schemas.statement.Statement;
import dev.tocsin.schemas.statement.Statement.Span;
import dev.tocsin.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A chain of five days, and what is wrong with it when somebody was at it. */
class VerificationTest {

  private static final LocalDate FIRST = LocalDate.parse("2026-11-20");
  private static final LocalDate DUE = FIRST.plusDays(4);

  private final List<Statement> days = new ArrayList<>();

  VerificationTest() {
    Statement before = null;
    for (int i = 0; i < 5; i++) {
      before = day(i, before, new Statement.Alerts(10, Map.of("OPENED", 10L), 0));
      days.add(before);
    }
  }

  private static Statement day(int i, Statement before, Statement.Alerts alerts) {
    Instant from = FIRST.plusDays(i).atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant to = from.plusSeconds(86_400);
    return Seal.on(
        new Statement(
            alerts,
            Map.of(Topics.ALERTS.name(), List.of(new Span(10L * i, 0, 10L * i + 10))),
            FIRST.plusDays(i).toString(),
            Map.of(),
            Map.of("jira", new Statement.Effects(0, 0, 2, 0, 2, 0)),
            Map.of(),
            from,
            "",
            Map.of(),
            before == null ? null : before.hash(),
            to.plusSeconds(600),
            to,
            List.of()));
  }

  private static Chain.Link link(Statement statement) {
    return Chain.Link.of(
        statement.day(), Topics.STATEMENTS.valueSerde().serializer().serialize("", statement));
  }

  private List<Chain.Link> links() {
    return new ArrayList<>(days.stream().map(VerificationTest::link).toList());
  }

  private static List<String> found(List<Chain.Link> links) {
    return Verification.of(new Chain(links), DUE).stream()
        .map(finding -> finding.day() + ": " + finding.what())
        .toList();
  }

  @Test
  void chainAsItWasWritten_holds() {
    assertThat(found(links())).isEmpty();
  }

  @Test
  void tamperedStatement_hasABrokenSeal() {
    List<Chain.Link> links = links();
    String text = new String(links.get(2).json(), StandardCharsets.UTF_8);
    links.set(
        2,
        Chain.Link.of(
            "2026-11-22",
            text.replace("\"accepted\":10", "\"accepted\":9").getBytes(StandardCharsets.UTF_8)));
    assertThat(found(links))
        .contains("2026-11-22: the seal does not hold: it was changed after it was written");
  }

  @Test
  void statementForgedWithASealOfItsOwn_breaksTheNext() {
    List<Chain.Link> links = links();
    links.set(2, link(day(2, days.get(1), new Statement.Alerts(9, Map.of("OPENED", 9L), 0))));
    assertThat(found(links))
        .singleElement()
        .asString()
        .startsWith("2026-11-23: it follows on " + days.get(2).hash().substring(0, 12));
  }

  @Test
  void missingDays_areNamed() {
    List<Chain.Link> links = links();
    links.remove(2);
    assertThat(found(links))
        .contains("2026-11-22: there is no statement of this day")
        .anyMatch(f -> f.startsWith("2026-11-23: it follows on"))
        .anyMatch(f -> f.startsWith("2026-11-23: of tocsin.alerts-0 it counts from 30 on"));
    assertThat(found(links().subList(0, 3)))
        .containsExactly("2026-11-23: there are no statements from this day to 2026-11-24");
    assertThat(found(links().subList(1, 5)))
        .containsExactly("2026-11-21: it names a statement before it, which is not there");
  }

  @Test
  void secondStatementOfADay_isNamed_andTheFirstCounts() {
    List<Chain.Link> links = links();
    links.add(link(day(4, days.get(3), new Statement.Alerts(0, Map.of(), 0))));
    assertThat(found(links))
        .containsExactly("2026-11-24: it was written 2 times; the first counts");
    assertThat(new Chain(links).last()).contains(days.get(4));
  }

  @Test
  void recordThatIsNoStatement_orLiesUnderAnotherDay_isNamed() {
    List<Chain.Link> links = links();
    links.add(Chain.Link.of("2026-11-19", "{oops".getBytes(StandardCharsets.UTF_8)));
    links.add(Chain.Link.of("2026-11-18", null));
    assertThat(found(links))
        .containsExactlyInAnyOrder(
            "2026-11-19: a record that is no statement",
            "2026-11-18: a record that is no statement");
  }

  @Test
  void sumsThatDoNotAddUp_areNamed() {
    days.set(4, day(4, days.get(3), new Statement.Alerts(3, Map.of("OPENED", 1L), 1)));
    assertThat(found(links()))
        .containsExactly(
            "2026-11-24: its alerts do not add up: 3 accepted, {OPENED=1}, 1 unexplained");
  }

  @Test
  void differencesFromTheTopics_areToldByPart_whereTheTopicsAreKept() {
    Statement held = day(0, null, new Statement.Alerts(11, Map.of("OPENED", 11L), 0));
    assertThat(Verification.differences(days.getFirst(), held, _ -> true))
        .extracting(Verification.Finding::what)
        .containsExactly(
            "alerts: it says 10 accepted, {OPENED=10}, 0 unexplained,"
                + " and the topics hold 11 accepted, {OPENED=11}, 0 unexplained");
    assertThat(
            Verification.differences(
                days.getFirst(), held, topic -> !topic.equals(Topics.ALERTS.name())))
        .isEmpty();
  }
}
