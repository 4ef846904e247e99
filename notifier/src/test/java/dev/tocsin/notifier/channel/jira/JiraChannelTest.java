// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.notifier.channel.Channel;
import dev.tocsin.notifier.channel.ChannelContract;
import dev.tocsin.notifier.channel.LaneProfile;
import dev.tocsin.notifier.channel.call.CallLimits;
import dev.tocsin.notifier.channel.call.HttpCalls;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.testkit.jira.FakeJira;
import dev.tocsin.testkit.jira.JiraIssue;
import dev.tocsin.testkit.jira.JiraStatus;
import dev.tocsin.testkit.receiver.FakeReceiver;
import dev.tocsin.testkit.receiver.Request;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class JiraChannelTest extends ChannelContract {

  private static final Content.Ticket TICKET = ticket("inc_1-1");

  private final AtomicReference<Instant> time = new AtomicReference<>(AT);
  private FakeJira jira;

  @Override
  protected FakeReceiver startReceiver() {
    jira = FakeJira.start(0, time::get);
    return jira;
  }

  @Override
  protected HttpCalls calls(CallLimits limits) {
    return HttpCalls.anywhere(limits);
  }

  @Override
  protected Channel channelTo(URI receiver, HttpCalls calls) {
    return channel(receiver, "Task", calls);
  }

  @Override
  protected Content content() {
    return TICKET;
  }

  @Override
  protected int effects() {
    return jira.issuesLabelled("tocsin-inc_1-1").size();
  }

  @Override
  protected String idempotencyKey(Request request) {
    return request.json().path("fields").path("labels").path(1).asString();
  }

  @Override
  protected Class<? extends Outcome> onServerError() {
    return Outcome.Unknown.class;
  }

  @Override
  protected Class<? extends Outcome> onBadRequest() {
    return Outcome.GiveUp.class;
  }

  @Test
  void ticket_saysWhatHappenedAndLinksBack() {
    assertThat(channel().send(attempt(1, TICKET))).isEqualTo(new Outcome.Delivered("OPS-1"));
    JiraIssue issue = jira.issue("OPS-1");
    assertThat(issue.summary()).isEqualTo("checkout is down");
    assertThat(issue.description()).contains("What happened", "errors at 12 %", "Open in Tocsin");
    assertThat(issue.labels()).containsExactly("tocsin", "tocsin-inc_1-1", "team_shop");
    assertThat(issue.properties().get("tocsin").path("mark").asString()).isEqualTo("inc_1-1");
    assertThat(issue.remoteLinks()).containsOnlyKeys("tocsin-inc_1-1");
  }

  @Test
  void failedRemoteLink_doesNotFailTheTicket() {
    jira.passNext(1);
    jira.fail(500, Map.of());
    assertThat(channel().send(attempt(1, TICKET))).isEqualTo(new Outcome.Delivered("OPS-1"));
    assertThat(jira.issue("OPS-1").remoteLinks()).isEmpty();
  }

  @Test
  void faultyField_isGivenUpWithItsName() {
    assertThat(channel(jira.uri(), "Nonsense", calls()).send(attempt(1, TICKET)))
        .isEqualTo(
            new Outcome.GiveUp(Reason.BAD_REQUEST, "400 issuetype: Specify a valid issue type"));
  }

  @Test
  void laterAttempt_looksBeforeItCreates() {
    jira.failNext(1, 503, Map.of());
    channel().send(attempt(1, TICKET));
    assertThat(channel().send(attempt(2, TICKET))).isEqualTo(new Outcome.Delivered("OPS-1"));
    assertThat(jira.requests().get(1).path()).isEqualTo("/rest/api/3/search/jql");
    assertThat(channel().send(attempt(3, TICKET))).isEqualTo(new Outcome.Delivered("OPS-1"));
    assertThat(jira.issues()).hasSize(1);
  }

  @Test
  void probe_findsWhatSearchKnows() {
    jira.loseAnswers(1);
    channel().send(attempt(1, TICKET));
    assertThat(channel().probe(probe(AT.plusSeconds(5), TICKET)))
        .isEqualTo(new Outcome.Delivered("OPS-1"));
  }

  @Test
  void probe_findsByKeyWhatSearchDoesNotKnowYet() {
    channel().send(attempt(1, ticket("older")));
    jira.indexLag(Duration.ofMinutes(1));
    time.set(AT.plusSeconds(120));
    jira.loseAnswers(1);
    channel().send(attempt(1, TICKET));
    assertThat(channel().probe(probe(AT.plusSeconds(5), TICKET)))
        .isEqualTo(new Outcome.Delivered("OPS-2"));
  }

  @Test
  void probe_saysAbsentOnlyWhenTheRequestMustBeOver() {
    assertThat(channel().probe(probe(AT.plusSeconds(119), TICKET)))
        .isInstanceOfSatisfying(
            Outcome.TryAgain.class,
            again -> {
              assertThat(again.reason()).isEqualTo(Reason.NOT_FOUND);
              assertThat(again.after()).hasSeconds(15);
            });
    assertThat(channel().probe(probe(AT.plusSeconds(120), TICKET))).isEqualTo(new Outcome.Absent());
  }

  @Test
  void probeThatCannotAsk_neverSaysAbsent() {
    for (int failing = 0; failing < 3; failing++) {
      jira.recover();
      jira.passNext(failing);
      jira.fail(500, Map.of());
      assertThat(channel().probe(probe(AT.plusSeconds(600), TICKET)))
          .isInstanceOf(Outcome.TryAgain.class);
    }
  }

  @Test
  void comment_isMadeOnce() {
    channel().send(attempt(1, TICKET));
    Content comment = new Content.TicketComment("inc_1-1", "cmt_1", text("still down"));
    jira.loseAnswers(1);
    assertThat(channel().send(attempt(1, comment, "OPS-1"))).isInstanceOf(Outcome.Unknown.class);
    assertThat(channel().probe(attempt(2, comment, "OPS-1"))).isInstanceOf(Outcome.Delivered.class);
    assertThat(channel().send(attempt(3, comment, "OPS-1"))).isInstanceOf(Outcome.Delivered.class);
    assertThat(jira.issue("OPS-1").comments()).hasSize(1);
    assertThat(jira.issue("OPS-1").comments().getFirst().text()).contains("still down");
  }

  @Test
  void commentThatWasNotMade_isAbsent() {
    channel().send(attempt(1, TICKET));
    assertThat(
            channel()
                .probe(
                    attempt(2, new Content.TicketComment("inc_1-1", "cmt_1", text("x")), "OPS-1")))
        .isEqualTo(new Outcome.Absent());
  }

  @Test
  void commentOnDeletedTicket_isGivenUp() {
    assertThat(
            channel()
                .send(
                    attempt(1, new Content.TicketComment("inc_1-1", "cmt_1", text("x")), "OPS-9")))
        .isInstanceOfSatisfying(
            Outcome.GiveUp.class, up -> assertThat(up.reason()).isEqualTo(Reason.NOT_FOUND));
  }

  @Test
  void resolve_movesToDoneAndSaysWhy() {
    channel().send(attempt(1, TICKET));
    Content resolve = new Content.TicketResolve("inc_1-1", "all alerts cleared");
    assertThat(channel().send(attempt(1, resolve, "OPS-1")))
        .isEqualTo(new Outcome.Delivered("OPS-1"));
    assertThat(channel().send(attempt(2, resolve, "OPS-1")))
        .isEqualTo(new Outcome.Delivered("OPS-1"));
    assertThat(jira.issue("OPS-1").isDone()).isTrue();
    assertThat(jira.issue("OPS-1").comments()).hasSize(1);
    assertThat(channel().probe(attempt(3, resolve, "OPS-1")))
        .isEqualTo(new Outcome.Delivered("OPS-1"));
  }

  @Test
  void ticketThatAPersonClosed_staysClosed() {
    channel().send(attempt(1, TICKET));
    jira.moveByHand("OPS-1", JiraStatus.DONE, "Ada");
    assertThat(channel().send(attempt(1, new Content.TicketResolve("inc_1-1", ""), "OPS-1")))
        .isEqualTo(new Outcome.Delivered("OPS-1"));
    assertThat(jira.requests().getLast().method()).isEqualTo("GET");
  }

  @Test
  void unnamedTicket_isFoundByItsMark() {
    channel().send(attempt(1, TICKET));
    assertThat(channel().send(attempt(1, new Content.TicketResolve("inc_1-1", ""))))
        .isEqualTo(new Outcome.Delivered("OPS-1"));
  }

  @Test
  void profile_probesWhatIsUnknown() {
    assertThat(channel().profile().afterUnknown()).isEqualTo(LaneProfile.AfterUnknown.PROBE);
  }

  private Attempt probe(Instant issuedAt, Content content) {
    Attempt send = attempt(2, content);
    return new Attempt(
        send.id(),
        2,
        Attempt.Mode.PROBE,
        issuedAt,
        issuedAt.plusSeconds(60),
        null,
        AT,
        send.notification());
  }

  private static Content.Ticket ticket(String mark) {
    return new Content.Ticket(
        mark,
        "checkout is down",
        Severity.CRITICAL,
        List.of(new Content.Paragraph("What happened", List.of("errors at 12 %", "since 10:00"))),
        List.of("team shop"),
        List.of(new Content.Link("Open in Tocsin", "https://tocsin.example/i/inc_1")));
  }

  private static List<Content.Paragraph> text(String line) {
    return List.of(new Content.Paragraph("", List.of(line)));
  }

  private static Channel channel(URI url, String issueType, HttpCalls calls) {
    return new JiraChannel(
        new JiraSettings(
            url,
            FakeJira.EMAIL,
            FakeJira.API_TOKEN,
            "OPS",
            issueType,
            Duration.ofMinutes(1),
            false),
        calls,
        InstantSource.fixed(AT));
  }
}
