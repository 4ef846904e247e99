// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.proof.history.Entry;
import dev.tocsin.proof.history.History;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The judge on trial: a history as a run left it, and the same with a bug planted in it. */
class OracleTest {

  static final List<Plant> PLANTS =
      Stream.of(Plants.ALL, OrderPlants.ALL, PostPlants.ALL).flatMap(List::stream).toList();

  private static final List<Entry> RECORDED = recorded();

  private static final Instant LAST = RECORDED.getLast().at().plusSeconds(3600);

  private static List<Entry> recorded() {
    try {
      return History.read(Path.of(OracleTest.class.getResource("recorded.jsonl").toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatARunWithKillsLeft_isClean() {
    assertThat(RECORDED.stream().filter(Entry.Struck.class::isInstance)).isNotEmpty();
    assertThat(Oracle.judge(RECORDED)).isEmpty();
  }

  @Test
  void thereAreEnoughPlants_andEveryCheckIsPlantedFor() {
    assertThat(PLANTS).hasSizeGreaterThanOrEqualTo(20);
    assertThat(PLANTS.stream().map(Plant::caughtAs).collect(Collectors.toSet()))
        .isEqualTo(EnumSet.allOf(Check.class));
  }

  @ParameterizedTest
  @FieldSource("PLANTS")
  void plantedBug_isCaught(Plant plant) {
    List<Entry> planted = plant.in(RECORDED);
    assertThat(planted).as("the plant changes something").isNotEqualTo(RECORDED);
    Set<Check> found =
        Oracle.judge(planted).stream().map(Finding::check).collect(Collectors.toSet());
    assertThat(found).contains(plant.caughtAs());
  }

  @Test
  void alertsInTheirOrder_areInOrderWhateverTheClockOfIngestSaid() {
    assertThat(Oracle.judge(OrderPlants.inOrderByAWrongClock(RECORDED))).isEmpty();
  }

  @Test
  void pagesOverTheSecondChannelAsWell_areNotDoubled_unlessTheyAreThere() {
    List<Entry> both = new ArrayList<>(RECORDED);
    RECORDED.stream()
        .filter(Entry.Paged.class::isInstance)
        .map(Entry.Paged.class::cast)
        .map(p -> atSecond(p, p.dedupKey()))
        .forEach(both::add);
    assertThat(Oracle.judge(both)).isEmpty();
    Entry.Paged some =
        RECORDED.stream()
            .filter(Entry.Paged.class::isInstance)
            .map(Entry.Paged.class::cast)
            .filter(p -> p.taken() && p.isTrigger())
            .findFirst()
            .orElseThrow();
    both.add(atSecond(some, some.dedupKey() + "-again"));
    assertThat(Oracle.judge(both).stream().map(Finding::check)).contains(Check.PAGE_DOUBLED);
  }

  private static Entry.Paged atSecond(Entry.Paged p, String key) {
    return new Entry.Paged(
        p.at(),
        p.answeredAt(),
        p.fault(),
        p.taken(),
        p.status(),
        p.action(),
        key,
        p.service(),
        "pagerduty-second");
  }

  @Test
  void whereNobodySaidThatItCanPost_noPostIsOwed() {
    List<Entry> without =
        RECORDED.stream()
            .filter(e -> !(e instanceof Entry.Posted || e instanceof Entry.Announced))
            .filter(e -> !(e instanceof Entry.Delivered d && isAtSlack(d.endpoint())))
            .filter(e -> !(e instanceof Entry.Ledgered l && isAtSlack(l.endpoint())))
            .toList();
    assertThat(without).hasSizeLessThan(RECORDED.size());
    assertThat(Oracle.judge(without)).isEmpty();
  }

  private static boolean isAtSlack(String endpoint) {
    return endpoint.startsWith("slack/");
  }

  @Test
  void whatIsPostedAfterTheTopicsWereRead_mayHaveBeenPlannedSince() {
    Entry.Posted some =
        RECORDED.stream()
            .filter(Entry.Posted.class::isInstance)
            .map(Entry.Posted.class::cast)
            .filter(p -> p.taken() && p.isInThread())
            .findFirst()
            .orElseThrow();
    assertThat(Oracle.judge(with(saidAgain(some, LAST)))).isEmpty();
    assertThat(Oracle.judge(with(saidAgain(some, some.at()))).stream().map(Finding::check))
        .containsExactly(Check.POST_UNASKED);
  }

  private static List<Entry> with(Entry more) {
    List<Entry> all = new ArrayList<>(RECORDED);
    all.add(more);
    return all;
  }

  private static Entry.Posted saidAgain(Entry.Posted p, Instant at) {
    return new Entry.Posted(
        at, at, "None", true, 200, "reply", p.post(), p.mark(), "planned-later", "", p.service());
  }

  @Test
  void whatIsStampedBeforeASubscription_isNotForIt() {
    List<Entry> subscribedLast =
        RECORDED.stream()
            .map(
                e -> e instanceof Entry.Subscribed s ? new Entry.Subscribed(LAST, s.receiver()) : e)
            .toList();
    assertThat(Oracle.judge(subscribedLast).stream().map(Finding::check))
        .as("all was told all the same")
        .containsOnly(Check.EVENT_UNASKED);
    assertThat(
            Oracle.judge(subscribedLast.stream().filter(e -> !(e instanceof Entry.Heard)).toList()))
        .isEmpty();
  }

  @Test
  void nothingAtAll_isNoProof() {
    assertThat(Oracle.judge(List.of()).stream().map(Finding::check)).contains(Check.VACUOUS);
  }
}
