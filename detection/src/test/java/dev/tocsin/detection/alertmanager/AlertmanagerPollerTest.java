// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.detection.alertmanager.ForeignSilences.UnusableAnswerException;
import dev.tocsin.schemas.setting.Setting;
import dev.tocsin.testkit.alertmanager.FakeAlertmanager;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertmanagerPollerTest {

  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);

  private static String silence(String id, String state, String matchers, String endsAt) {
    return """
        {"id":"%s","status":{"state":"%s"},"updatedAt":"2026-11-28T11:00:00.000Z",
         "comment":"a restart","createdBy":"ann","startsAt":"2026-11-28T13:00:00.000+02:00",
         "endsAt":"%s","matchers":[%s]}
        """
        .formatted(id, state, endsAt, matchers);
  }

  private static String matcher(boolean equal, boolean regex) {
    return "{\"name\":\"team\",\"value\":\"night\",\"isEqual\":%s,\"isRegex\":%s}"
        .formatted(equal, regex);
  }

  private static ForeignSilences read(String... silences) throws UnusableAnswerException {
    String body = "[" + String.join(",", silences) + "]";
    return ForeignSilences.read(body.getBytes(StandardCharsets.UTF_8), 10);
  }

  private static final String END = "2026-11-28T14:00:00.000Z";

  @ParameterizedTest
  @CsvSource({"true,false,=", "false,false,!=", "true,true,=~", "false,true,!~"})
  void matcher_isOneOfOurs(boolean equal, boolean regex, String operator)
      throws UnusableAnswerException {
    String other = "{\"name\":\"a\",\"value\":\"b\",\"isRegex\":false}";
    Setting.Silence silence =
        read(silence("u1", "active", matcher(equal, regex) + "," + other, END))
            .silences()
            .get("alertmanager-u1");
    assertThat(silence.matchers())
        .containsExactly(
            new Setting.Matcher("team", operator, "night"), new Setting.Matcher("a", "=", "b"));
    assertThat(silence.startsAt()).isEqualTo("2026-11-28T11:00:00Z");
    assertThat(silence.endsAt()).isEqualTo("2026-11-28T14:00:00Z");
    assertThat(silence.createdBy()).isEqualTo("ann (Alertmanager)");
    assertThat(silence.reason()).isEqualTo("a restart");
  }

  @Test
  void whatMeansNothing_isRefused_andTheRestTaken() throws UnusableAnswerException {
    String bad = "{\"name\":\"team\",\"value\":\"(\",\"isRegex\":true}";
    ForeignSilences found =
        read(
            silence("ok", "pending", matcher(true, false), END),
            silence("over", "expired", matcher(true, false), END),
            silence("bad", "active", bad, END),
            silence("when", "active", matcher(true, false), "soon"));
    assertThat(found.silences()).containsOnlyKeys("alertmanager-ok");
    assertThat(found.refused()).containsOnlyKeys("bad", "when");
  }

  @Test
  void answersThatAreNone_areRefused() {
    assertThatThrownBy(() -> ForeignSilences.read("<html>".getBytes(StandardCharsets.UTF_8), 1))
        .hasMessageContaining("no JSON");
    assertThatThrownBy(() -> ForeignSilences.read("{}".getBytes(StandardCharsets.UTF_8), 1))
        .hasMessageContaining("no list");
    String one = silence("a", "active", matcher(true, false), END);
    String two = silence("b", "active", matcher(true, false), END);
    assertThatThrownBy(
            () ->
                ForeignSilences.read(
                    ("[" + one + "," + two + "]").getBytes(StandardCharsets.UTF_8), 1))
        .hasMessageContaining("at most 1 are taken");
  }

  @Test
  void onlyChanges_areWritten_andWhatEndedThereEndsHere() throws UnusableAnswerException {
    ForeignSilences first = read(silence("a", "active", matcher(true, false), END));
    List<Setting.Silence> written = first.changes(List.of(), NOW);
    assertThat(written).hasSize(1);
    assertThat(first.changes(written, NOW)).isEmpty();

    ForeignSilences longer =
        read(silence("a", "active", matcher(true, false), "2026-11-28T15:00:00.000Z"));
    assertThat(longer.changes(written, NOW))
        .singleElement()
        .satisfies(s -> assertThat(s.version()).isEqualTo(2))
        .satisfies(s -> assertThat(s.endsAt()).isEqualTo("2026-11-28T15:00:00Z"));

    List<Setting.Silence> ended = read().changes(written, NOW);
    assertThat(ended)
        .singleElement()
        .satisfies(s -> assertThat(s.expiredAt()).isEqualTo(NOW))
        .satisfies(s -> assertThat(s.expiredBy()).isEqualTo("Alertmanager"));
    assertThat(read().changes(ended, NOW)).isEmpty();
    assertThat(read().changes(written, written.getFirst().endsAt())).isEmpty();
  }

  @Test
  void silencesOfPeopleHere_areLeftAlone() throws UnusableAnswerException {
    Setting.Silence ours =
        new Setting.Silence(
            "sil_1",
            1,
            List.of(new Setting.Matcher("a", "=", "b")),
            NOW,
            NOW.plusSeconds(60),
            null,
            "ours",
            "ann",
            NOW,
            null,
            null);
    assertThat(read().changes(List.of(ours), NOW)).isEmpty();
  }

  @Test
  void poller_takesWhatThereIs_andSaysWhenItCannot() throws Exception {
    BlockingQueue<Setting.Silence> written = new LinkedBlockingQueue<>();
    try (FakeAlertmanager alertmanager = FakeAlertmanager.start(CLOCK);
        HttpClient http = HttpClient.newHttpClient()) {
      create(http, alertmanager.uri());
      AlertmanagerPoller poller =
          new AlertmanagerPoller(alertmanager.uri() + "/", List::of, written::add, CLOCK);
      assertThat(new AlertmanagerHealth(poller).health().getStatus().getCode())
          .isEqualTo("DEGRADED");
      poller.start();
      try {
        Setting.Silence silence = written.poll(30, TimeUnit.SECONDS);
        assertThat(silence.reason()).isEqualTo("no reason given");
        assertThat(silence.createdBy()).isEqualTo("bob (Alertmanager)");
      } finally {
        poller.stop();
      }
      assertThat(poller.isRunning()).isFalse();
    }
  }

  private static void create(HttpClient http, URI alertmanager)
      throws IOException, InterruptedException {
    HttpResponse<Void> created =
        http.send(
            HttpRequest.newBuilder(alertmanager.resolve("/api/v2/silences"))
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        """
                        {"matchers":[{"name":"a","value":"b","isRegex":false,"isEqual":true}],
                         "startsAt":"2026-11-28T11:00:00Z","endsAt":"2026-11-28T13:00:00Z",
                         "createdBy":"bob","comment":""}
                        """))
                .build(),
            HttpResponse.BodyHandlers.discarding());
    assertThat(created.statusCode()).isEqualTo(200);
  }

  @Test
  void url_isRefusedAtOnce() {
    assertThatThrownBy(() -> new AlertmanagerPoller("alertmanager:9093", List::of, _ -> {}, CLOCK))
        .hasMessageContaining("tocsin.detection.alertmanager-url should be like");
  }
}
