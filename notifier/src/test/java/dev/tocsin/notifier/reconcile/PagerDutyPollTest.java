// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.notifier.channel.call.CallLimits;
import dev.tocsin.notifier.channel.call.HttpCalls;
import dev.tocsin.notifier.channel.pagerduty.PagerDutyRest;
import dev.tocsin.notifier.channel.pagerduty.PagerDutySettings;
import dev.tocsin.schemas.topic.Json;
import dev.tocsin.testkit.pagerduty.FakePagerDuty;
import dev.tocsin.testkit.pagerduty.PagerDutyIncident;
import dev.tocsin.testkit.receiver.Answer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PagerDutyPollTest {

  private static final CallLimits LIMITS =
      new CallLimits(Duration.ofSeconds(5), Duration.ofSeconds(10), 4 << 20);

  private final FakePagerDuty pagerDuty = FakePagerDuty.start();
  private final HttpCalls calls = HttpCalls.anywhere(LIMITS);
  private final PagerDutyPoll poll = poll(FakePagerDuty.API_TOKEN);

  @AfterEach
  void close() {
    calls.close();
    pagerDuty.close();
  }

  @Test
  void whatPeopleDid_isReportedWithTheirNames() {
    open("ours-1", "ours-2", "ours-3", "theirs");
    pagerDuty.acknowledgeByHand(id("ours-1"), "Ada");
    pagerDuty.resolveByHand(id("ours-2"), "Grace");
    pagerDuty.resolveByHand(id("theirs"), "Grace");

    Map<String, PageReport> reports = reports("ours-1", "ours-2", "ours-3", "never-paged");

    assertThat(reports).containsOnlyKeys("ours-1", "ours-2", "ours-3");
    assertThat(reports.get("ours-1").status()).isEqualTo(PageReport.Status.ACKNOWLEDGED);
    assertThat(reports.get("ours-1").by()).isEqualTo("Ada");
    assertThat(reports.get("ours-2").status()).isEqualTo(PageReport.Status.RESOLVED);
    assertThat(reports.get("ours-2").by()).isEqualTo("Grace");
    assertThat(reports.get("ours-3").status()).isEqualTo(PageReport.Status.TRIGGERED);
  }

  @Test
  void allThatIsListed_isOneCall() {
    open("ours-1", "ours-2");
    assertThat(reports("ours-1", "ours-2")).hasSize(2);
    assertThat(asked()).hasSize(1);
  }

  @Test
  void listOfManyPages_isReadToItsEnd() {
    open(keys(250));
    assertThat(reports(keys(250))).hasSize(250);
    assertThat(asked()).hasSize(3);
  }

  @Test
  void callsOfARound_areBounded_andTheNextRoundGoesOn() {
    String[] keys = keys(45);
    open(keys);
    for (String key : keys) {
      pagerDuty.resolveByHand(id(key), "Grace");
    }
    Set<String> seen = new java.util.HashSet<>();
    for (int round = 1; round <= 3; round++) {
      seen.addAll(reports(keys).keySet());
      assertThat(asked()).hasSizeLessThanOrEqualTo(round * PagerDutyPoll.MOST_CALLS);
    }
    assertThat(seen).containsExactlyInAnyOrder(keys);
  }

  @Test
  void openIncident_hidesAResolvedOneOfTheSameKey() {
    open("ours-1");
    pagerDuty.resolveByHand(id("ours-1"), "Grace");
    open("ours-1");
    assertThat(reports("ours-1").get("ours-1").status()).isEqualTo(PageReport.Status.TRIGGERED);
  }

  @Test
  void incidentThatHidesItsKey_isFoundByIt_andKnownByItsIdAfterwards() {
    String hidden =
        "{\"incidents\":[{\"id\":\"P1\",\"status\":\"triggered\",\"incident_key\":null}],\"more\":false}";
    pagerDuty.failNext(3, Answer.json(200, Json.MAPPER.readTree(hidden)));
    assertThat(reports("ours-1")).containsOnlyKeys("ours-1");
    assertThat(asked()).hasSize(2);
    assertThat(reports("ours-1")).containsOnlyKeys("ours-1");
    assertThat(asked()).hasSize(3);
  }

  @Test
  void whatIsOpenAndWasNotAskedFor_isToldWhenItIsOurs() {
    open("tocsin-inc_1-1", "tocsin-inc_2-1", "theirs");
    PagerDutyPoll.Findings findings =
        poll.ask(Set.of("tocsin-inc_1-1"), PagerDutyPoll.Reading.TO_ITS_END);
    assertThat(findings.reports()).containsOnlyKeys("tocsin-inc_1-1");
    assertThat(findings.others()).containsOnlyKeys("tocsin-inc_2-1");
  }

  @Test
  void whoOpenedItAgain_isSeen_andATriggerIsNobody() {
    open("ours-1");
    assertThat(reports("ours-1").get("ours-1").reopenedAt()).isNull();
    String id = id("ours-1");
    pagerDuty.resolveByHand(id, "Grace");
    pagerDuty.reopenByHand(id, "Ada");
    PageReport report = reports("ours-1").get("ours-1");
    assertThat(report.reopenedAt()).isEqualTo(pagerDuty.incidents().getFirst().reopenedAt());
    assertThat(report.by()).isEqualTo("Ada");
  }

  @Test
  void refusedToken_isNamed_andEndsTheRound() {
    PagerDutyPoll.Findings findings = poll("wrong").ask(Set.of("ours-1", "ours-2"));
    assertThat(findings.reports()).isEmpty();
    assertThat(findings.fault().kind()).isEqualTo("401");
    assertThat(findings.fault().detail())
        .contains("TOCSIN_PAGERDUTY_API_TOKEN")
        .doesNotContain("wrong:");
    assertThat(asked()).hasSize(1);
  }

  @Test
  void busyPagerDuty_isLeftInPeaceForAsLongAsItAsks() {
    pagerDuty.failNext(1, 429, Map.of("Retry-After", "30"));
    Fault fault = poll.ask(Set.of("ours-1")).fault();
    assertThat(fault.kind()).isEqualTo("429");
    assertThat(fault.pause()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void whatCameBeforeAFault_counts() {
    open("ours-1", "ours-2");
    pagerDuty.acknowledgeByHand(id("ours-1"), "Ada");
    pagerDuty.resolveByHand(id("ours-2"), "Grace");
    pagerDuty.passNext(1);
    pagerDuty.fail(500, Map.of());
    PagerDutyPoll.Findings findings = poll.ask(Set.of("ours-1", "ours-2"));
    assertThat(findings.reports()).containsOnlyKeys("ours-1");
    assertThat(findings.fault().kind()).isEqualTo("500");
  }

  @Test
  void answerThatIsNoList_isAFault() {
    pagerDuty.failNext(1, Answer.json(200, Map.of("hello", "world")));
    assertThat(poll.ask(Set.of("ours-1")).fault().kind()).isEqualTo("NOT_READABLE");
  }

  private Map<String, PageReport> reports(String... keys) {
    PagerDutyPoll.Findings findings = poll.ask(Set.of(keys));
    assertThat(findings.fault()).isNull();
    return findings.reports();
  }

  private List<?> asked() {
    return pagerDuty.requests().stream().filter(r -> r.method().equals("GET")).toList();
  }

  private String id(String key) {
    return pagerDuty.incidentsOpenedFor(key).stream()
        .filter(PagerDutyIncident::isOpen)
        .findFirst()
        .orElseThrow()
        .id();
  }

  private static String[] keys(int many) {
    return IntStream.range(0, many).mapToObj(i -> "ours-" + i).toArray(String[]::new);
  }

  private void open(String... keys) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (String key : keys) {
        http.send(trigger(key), HttpResponse.BodyHandlers.discarding());
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
    assertThat(
            pagerDuty.openIncidents().stream()
                .map(PagerDutyIncident::dedupKey)
                .collect(Collectors.toSet()))
        .containsAll(Arrays.asList(keys));
  }

  private HttpRequest trigger(String key) {
    byte[] event =
        Json.MAPPER.writeValueAsBytes(
            Map.of(
                "routing_key",
                FakePagerDuty.ROUTING_KEY,
                "event_action",
                "trigger",
                "dedup_key",
                key,
                "payload",
                Map.of("summary", key, "source", "test", "severity", "critical")));
    return HttpRequest.newBuilder(pagerDuty.uri().resolve("/v2/enqueue"))
        .POST(HttpRequest.BodyPublishers.ofByteArray(event))
        .build();
  }

  private PagerDutyPoll poll(String token) {
    PagerDutySettings settings =
        new PagerDutySettings(
            pagerDuty.uri(),
            null,
            FakePagerDuty.ROUTING_KEY,
            token,
            "",
            0,
            Duration.ZERO,
            PagerDutySettings.Second.off(),
            Duration.ofSeconds(15));
    return new PagerDutyPoll(new PagerDutyRest(settings), calls, InstantSource.system());
  }
}
