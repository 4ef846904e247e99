// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.graph.ServiceEdge;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CompanionBookTest {

  private static final Instant T0 = Instant.parse("2026-11-01T00:00:00Z");

  private final CompanionBook book = new CompanionBook();

  private void bothOpen(Instant at) {
    book.opened("db", List.of(), at);
    book.opened("web", List.of("db"), at.plusSeconds(30));
  }

  @Test
  void servicesThatOpenTogetherAgainAndAgain_areCompanions_theFirstIsUpstream() {
    for (int day = 0; day < 6; day++) {
      bothOpen(T0.plus(Duration.ofDays(day)));
      book.opened("mail", List.of(), T0.plus(Duration.ofDays(day)).plus(Duration.ofHours(9)));
    }
    ServiceEdge edge = book.edge("web", "db").orElseThrow();
    assertThat(edge.from()).isEqualTo("web");
    assertThat(edge.to()).isEqualTo("db");
    assertThat(edge.directed()).isTrue();
    assertThat(edge.confidence()).isBetween(0.55, 0.65);
    assertThat(edge.lift()).isGreaterThan(50);
    assertThat(edge.chance()).isLessThan(1e-6);
    assertThat(book.edge("web", "mail")).isEmpty();
  }

  @Test
  void twice_isNotEnough() {
    bothOpen(T0);
    bothOpen(T0.plus(Duration.ofDays(1)));
    assertThat(book.edge("db", "web")).isEmpty();
  }

  @Test
  void whoIsFirstNowThisNowThat_isNotUpstream() {
    for (int day = 0; day < 8; day += 2) {
      bothOpen(T0.plus(Duration.ofDays(day)));
      Instant at = T0.plus(Duration.ofDays(day + 1));
      book.opened("web", List.of(), at);
      book.opened("db", List.of("web"), at.plusSeconds(30));
    }
    assertThat(book.edge("db", "web").orElseThrow().directed()).isFalse();
  }

  @Test
  void flapping_countsOnce() {
    bothOpen(T0);
    for (int i = 1; i < 20; i++) {
      bothOpen(T0.plusSeconds(10 * i));
    }
    assertThat(book.pairs().all().values())
        .singleElement()
        .satisfies(pair -> assertThat(pair.together().value()).isEqualTo(1));
    assertThat(book.services().all().get("db").count().value()).isEqualTo(1);
  }

  @Test
  void storm_teachesNothing() {
    List<String> many =
        IntStream.rangeClosed(0, CompanionBook.MOST_TOGETHER).mapToObj(i -> "s" + i).toList();
    for (int day = 0; day < 9; day++) {
      book.opened("web", many, T0.plus(Duration.ofDays(day)));
    }
    assertThat(book.pairs().all()).isEmpty();
  }

  /** 40 services that know nothing of each other, each four times a day, for 60 days. */
  @Test
  void servicesThatKnowNothingOfEachOther_areSeldomCompanions() {
    Random random = new Random(7);
    record Open(String service, Instant at) {}
    List<Open> opens =
        IntStream.range(0, 40 * 4 * 60)
            .mapToObj(i -> new Open("s" + i % 40, T0.plusSeconds(random.nextInt(60 * 86_400))))
            .sorted(Comparator.comparing(Open::at))
            .toList();
    for (int i = 0; i < opens.size(); i++) {
      Open one = opens.get(i);
      List<String> before =
          opens.subList(Math.max(0, i - 30), i).stream()
              .filter(o -> o.at().plus(CompanionBook.TOGETHER).isAfter(one.at()))
              .map(Open::service)
              .filter(s -> !s.equals(one.service()))
              .distinct()
              .toList();
      book.opened(one.service(), before, one.at());
    }
    assertThat(book.pairs().all()).hasSizeGreaterThan(500);
    assertThat(book.edges().all()).isEmpty();
  }

  @Test
  void whatIsNotSeenAgain_isForgotten() {
    for (int day = 0; day < 6; day++) {
      bothOpen(T0.plus(Duration.ofDays(day)));
    }
    book.review(T0.plus(Duration.ofDays(20)));
    assertThat(book.edge("db", "web")).isPresent();
    book.review(T0.plus(Duration.ofDays(60)));
    assertThat(book.edge("db", "web")).isEmpty();
  }

  @Test
  void thatTwoOpenTogetherForTheFirstTime_isNews_whenBothOpenOften() {
    for (int day = 0; day < 6; day++) {
      book.opened("web", List.of(), T0.plus(Duration.ofDays(day)));
      book.opened("db", List.of(), T0.plus(Duration.ofDays(day)).plus(Duration.ofHours(5)));
    }
    Instant now = T0.plus(Duration.ofDays(7));
    bothOpen(now);
    assertThat(book.novelty("web", "db"))
        .contains("db and web opened often, and never together before, as far as is remembered");
    bothOpen(now.plus(Duration.ofDays(1)));
    assertThat(book.novelty("web", "db")).isEmpty();
  }

  @Test
  void memory_isBounded() {
    for (int i = 0; i < 3_000; i++) {
      book.opened("s" + i, i == 0 ? List.of() : List.of("s" + (i - 1)), T0.plusSeconds(60L * i));
    }
    assertThat(book.services().all()).hasSize(CompanionBook.MOST_SERVICES);
    assertThat(book.pairs().all()).hasSize(CompanionBook.MOST_PAIRS);
  }
}
