// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.notifier.channel.call.CallLimits;
import dev.tocsin.notifier.channel.call.HttpCalls;
import dev.tocsin.notifier.channel.jira.JiraSettings;
import dev.tocsin.schemas.callback.Callback;
import dev.tocsin.schemas.callback.Change;
import dev.tocsin.schemas.topic.Json;
import dev.tocsin.testkit.jira.FakeJira;
import dev.tocsin.testkit.jira.JiraStatus;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JiraPollTest {

  private final FakeJira jira = FakeJira.start();
  private final HttpCalls calls =
      HttpCalls.anywhere(new CallLimits(Duration.ofSeconds(5), Duration.ofSeconds(10), 4 << 20));
  private final JiraSettings settings =
      new JiraSettings(
          jira.uri(),
          FakeJira.EMAIL,
          FakeJira.API_TOKEN,
          FakeJira.PROJECT,
          "Task",
          Duration.ofMinutes(1),
          false);
  private final JiraPoll poll = new JiraPoll(settings, calls, InstantSource.system());
  private final TicketNames names = new TicketNames(settings, calls, InstantSource.system());

  @AfterEach
  void close() {
    calls.close();
    jira.close();
  }

  @Test
  void tickets_areFoundByTheirLabels_inOneCall() {
    open("inc_1", "inc_2", "inc_3");
    jira.moveByHand("OPS-2", JiraStatus.DONE, "Ada");

    assertThat(poll.ask(List.of("inc_1", "inc_2", "inc_9")).reports())
        .containsExactlyInAnyOrder(
            new TicketReport("OPS-1", "inc_1", "To Do", false),
            new TicketReport("OPS-2", "inc_2", "Done", true));
    assertThat(asked()).isEqualTo(1);
  }

  @Test
  void callsOfARound_areBounded() {
    List<String> many = IntStream.range(0, 2_000).mapToObj(i -> "inc_" + i).toList();
    assertThat(poll.ask(many).fault()).isNull();
    assertThat(asked()).isEqualTo(JiraPoll.MOST_CALLS);
  }

  @Test
  void lastMove_isTheLatestOfItsStatus_withWhoAndWhen() {
    open("inc_1");
    jira.moveByHand("OPS-1", JiraStatus.DONE, "Ada");
    jira.moveByHand("OPS-1", JiraStatus.IN_PROGRESS, "Grace");

    TicketReport.Move move = move();

    assertThat(move.by()).isEqualTo("Grace");
    assertThat(move.report().status()).isEqualTo("In Progress");
    assertThat(move.report().done()).isFalse();
    assertThat(move.at()).isCloseTo(Instant.now(), within(60));
  }

  @Test
  void ticketThatNeverMoved_isSinceItsCreation() {
    open("inc_1");
    assertThat(move().at()).isCloseTo(Instant.now(), within(60));
    assertThat(move().report().done()).isFalse();
  }

  @Test
  void refusedToken_isNamed() {
    jira.revokeToken(true);
    Fault fault = poll.ask(List.of("inc_1")).fault();
    assertThat(fault.kind()).isEqualTo("401");
    assertThat(fault.detail()).contains("TOCSIN_JIRA_API_TOKEN");
  }

  @Test
  void busyJira_isLeftInPeaceForAsLongAsItAsks() {
    jira.failNext(1, 429, Map.of("Retry-After", "40"));
    assertThat(poll.ask(List.of("inc_1")).fault().pause()).isEqualTo(Duration.ofSeconds(40));
  }

  @Test
  void issue_isOursByItsLabel_andNoOthersIs() {
    open("inc_1");
    create(List.of("tocsin", "team-a"));
    assertThat(names.mark("OPS-1")).isEqualTo(new Names.Answer.Ours(new Mark("inc_1", 0)));
    assertThat(names.mark("OPS-2")).isEqualTo(new Names.Answer.NotOurs());
    assertThat(names.mark("OPS-9")).isEqualTo(new Names.Answer.NotOurs());
    jira.fail(500, Map.of());
    assertThat(names.mark("OPS-1")).isInstanceOf(Names.Answer.Failed.class);
  }

  @Test
  void comment_isByUs_whenItCarriesOurProperty() throws Exception {
    open("inc_1");
    jira.commentByHand("OPS-1", "Ada", "looking");
    long by = jira.issue("OPS-1").comments().getFirst().id();
    assertThat(names.isByUs(comment(by), noted(by))).isFalse();
    call(
        "/issue/OPS-1/comment",
        Map.of(
            "body",
            Map.of("type", "doc", "version", 1, "content", List.of()),
            "properties",
            List.of(Map.of("key", "tocsin", "value", Map.of("mark", "m")))));
    long ours = jira.issue("OPS-1").comments().getLast().id();
    assertThat(names.isByUs(comment(ours), noted(ours))).isTrue();
  }

  private static Callback comment(long id) {
    return new Callback(
        "cb", "jira", "OPS-1", null, noted(id), "Ada", Instant.EPOCH, Instant.EPOCH);
  }

  private static Change.Noted noted(long id) {
    return new Change.Noted(String.valueOf(id), "looking");
  }

  private static org.assertj.core.data.TemporalUnitOffset within(long seconds) {
    return org.assertj.core.api.Assertions.within(seconds, ChronoUnit.SECONDS);
  }

  private TicketReport.Move move() {
    JiraPoll.Answer answer = poll.lastMove(poll.ask(List.of("inc_1")).reports().getFirst());
    assertThat(answer.fault()).isNull();
    return answer.move();
  }

  private long asked() {
    return jira.requests().stream().filter(r -> r.path().endsWith("/search/jql")).count();
  }

  private void open(String... incidents) {
    for (String incident : incidents) {
      create(List.of("tocsin", "tocsin-" + incident));
    }
  }

  private void create(List<String> labels) {
    call(
        "/issue",
        Map.of(
            "fields",
            Map.of(
                "project",
                Map.of("key", FakeJira.PROJECT),
                "issuetype",
                Map.of("name", "Task"),
                "summary",
                "down",
                "labels",
                labels)));
  }

  private void call(String path, Object body) {
    String pair = FakeJira.EMAIL + ':' + FakeJira.API_TOKEN;
    HttpRequest request =
        HttpRequest.newBuilder(jira.uri().resolve("/rest/api/3" + path))
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
            .POST(HttpRequest.BodyPublishers.ofByteArray(Json.MAPPER.writeValueAsBytes(body)))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(201);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
