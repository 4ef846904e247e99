// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.pagerduty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.notifier.channel.Channel;
import dev.tocsin.notifier.channel.ChannelContract;
import dev.tocsin.notifier.channel.LaneProfile;
import dev.tocsin.notifier.channel.call.CallLimits;
import dev.tocsin.notifier.channel.call.HttpCalls;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.testkit.pagerduty.FakePagerDuty;
import dev.tocsin.testkit.pagerduty.PagerDutyIncident;
import dev.tocsin.testkit.receiver.FakeReceiver;
import dev.tocsin.testkit.receiver.Request;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PagerDutyChannelTest extends ChannelContract {

  private static final String KEY = "tocsin-inc_1-1";
  private static final Content.Page PAGE =
      new Content.Page(
          KEY,
          "checkout is down",
          Severity.CRITICAL,
          "grafana",
          AT,
          "checkout",
          "prod/shop",
          Map.of("probable cause", "a deployment"),
          List.of(new Content.Link("Open in Tocsin", "https://tocsin.example/i/inc_1")));

  private FakePagerDuty pagerDuty;

  @Override
  protected FakeReceiver startReceiver() {
    pagerDuty = FakePagerDuty.start();
    return pagerDuty;
  }

  @Override
  protected HttpCalls calls(CallLimits limits) {
    return HttpCalls.anywhere(limits);
  }

  @Override
  protected Channel channelTo(URI receiver, HttpCalls calls) {
    return channel(receiver, FakePagerDuty.ROUTING_KEY, FakePagerDuty.API_TOKEN, calls);
  }

  @Override
  protected Content content() {
    return PAGE;
  }

  @Override
  protected int effects() {
    return pagerDuty.incidentsOpenedFor(KEY).size();
  }

  @Override
  protected String idempotencyKey(Request request) {
    return request.json().path("dedup_key").asString();
  }

  @Override
  protected Class<? extends Outcome> onServerError() {
    return Outcome.TryAgain.class;
  }

  @Override
  protected Class<? extends Outcome> onBadRequest() {
    return Outcome.GiveUp.class;
  }

  @Test
  void page_saysWhatWhereAndHowBad() {
    assertThat(channel().send(attempt(1, PAGE))).isEqualTo(new Outcome.Delivered(KEY));
    PagerDutyIncident incident = pagerDuty.openIncidents().getFirst();
    assertThat(incident.summary()).isEqualTo("checkout is down");
    assertThat(incident.severity()).isEqualTo("critical");
    assertThat(incident.event().path("client_url").asString())
        .isEqualTo("https://tocsin.example/i/inc_1");
    assertThat(
            incident
                .event()
                .path("payload")
                .path("custom_details")
                .path("probable cause")
                .asString())
        .isEqualTo("a deployment");
  }

  @Test
  void acknowledgeAndResolve_moveTheSameIncident() {
    channel().send(attempt(1, PAGE));
    channel().send(attempt(1, new Content.PageAcknowledge(KEY)));
    assertThat(pagerDuty.incidents().getFirst().status())
        .isEqualTo(PagerDutyIncident.Status.ACKNOWLEDGED);
    channel().send(attempt(1, new Content.PageResolve(KEY)));
    assertThat(pagerDuty.openIncidents()).isEmpty();
    assertThat(pagerDuty.incidents()).hasSize(1);
  }

  @Test
  void note_isWrittenOnTheIncidentOnce() {
    channel().send(attempt(1, PAGE));
    Content note = new Content.PageNote(KEY, "3 pods were killed\nat 10:01");
    assertThat(channel().send(attempt(1, note))).isInstanceOf(Outcome.Delivered.class);
    assertThat(channel().send(attempt(2, note))).isInstanceOf(Outcome.Delivered.class);
    assertThat(pagerDuty.incidents().getFirst().notes())
        .containsExactly("[Tocsin] 3 pods were killed\nat 10:01");
  }

  @Test
  void noteOnUnknownIncident_waitsForIt() {
    assertThat(channel().send(attempt(1, new Content.PageNote(KEY, "x"))))
        .isInstanceOfSatisfying(
            Outcome.TryAgain.class,
            again -> assertThat(again.reason()).isEqualTo(Reason.NOT_FOUND));
  }

  @Test
  void noteWithoutToken_isNotSentAndOpensNothing() {
    Channel withoutToken = channel(pagerDuty.uri(), FakePagerDuty.ROUTING_KEY, "");
    assertThat(withoutToken.refuses("page-note")).contains("API_TOKEN");
    assertThat(withoutToken.refuses("page")).isNull();
    assertThat(channel().refuses("page-note")).isNull();
    assertThat(withoutToken.send(attempt(1, new Content.PageNote(KEY, "x"))))
        .isInstanceOfSatisfying(
            Outcome.GiveUp.class, up -> assertThat(up.reason()).isEqualTo(Reason.NO_ENDPOINT));
    assertThat(pagerDuty.requests()).isEmpty();
  }

  @Test
  void unknownRoutingKey_isGivenUpWithTheReason() {
    Channel wrong = channel(pagerDuty.uri(), "wrong", "");
    assertThat(wrong.send(attempt(1, PAGE)))
        .isInstanceOfSatisfying(
            Outcome.GiveUp.class, up -> assertThat(up.detail()).contains("routing_key"));
  }

  @Test
  void withoutRoutingKey_nothingIsSent() {
    Channel off = channel(pagerDuty.uri(), "", "");
    assertThat(off.send(attempt(1, PAGE)))
        .isInstanceOfSatisfying(
            Outcome.GiveUp.class, up -> assertThat(up.reason()).isEqualTo(Reason.NO_ENDPOINT));
    assertThat(pagerDuty.requests()).isEmpty();
  }

  @Test
  void profile_repeatsAtThePaceOfTheSettings() {
    assertThat(channel().profile().perMinute()).isEqualTo(110);
    assertThat(channel().profile().afterUnknown()).isEqualTo(LaneProfile.AfterUnknown.REPEAT);
  }

  private Channel channel(URI url, String routingKey, String token) {
    return channel(url, routingKey, token, calls());
  }

  private static Channel channel(URI url, String routingKey, String token, HttpCalls calls) {
    return PagerDutyChannel.first(
        new PagerDutySettings(
            url,
            null,
            routingKey,
            token,
            "oncall@example.com",
            110,
            Duration.ZERO,
            PagerDutySettings.Second.off(),
            Duration.ZERO),
        calls,
        InstantSource.fixed(AT));
  }
}
