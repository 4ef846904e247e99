// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.pagerduty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.convert.DurationStyle;

class PagerDutySettingsTest {

  private static final Duration HEDGE = Duration.ofSeconds(5);
  private static final PagerDutySettings.Second NO_SECOND = PagerDutySettings.Second.off();
  private static final PagerDutySettings.Second SECOND =
      new PagerDutySettings.Second(
          URI.create("http://other"), "second-secret-key", Duration.ofMinutes(1));

  @ParameterizedTest
  @CsvSource({
    "https://events.pagerduty.com,,https://api.pagerduty.com/x",
    "https://events.eu.pagerduty.com/,,https://api.eu.pagerduty.com/x",
    "http://127.0.0.1:9999/,,http://127.0.0.1:9999/x",
    "http://127.0.0.1:9999/v2/enqueue,,http://127.0.0.1:9999/x",
    "http://127.0.0.1:9999,http://127.0.0.1:8888/,http://127.0.0.1:8888/x",
  })
  void restApi_isWhereTheEventsGoUnlessNamed(URI url, URI apiUrl, URI expected) {
    assertThat(settings(url, apiUrl, 0).rest("/x")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"http://h", "http://h/", "http://h/v2/enqueue"})
  void enqueue_isOnePath(URI url) {
    assertThat(settings(url, null, 0).enqueue()).isEqualTo(URI.create("http://h/v2/enqueue"));
  }

  @Test
  void faultySettings_areRefusedByName() {
    assertThatThrownBy(() -> settings(URI.create("ftp://h"), null, 0))
        .hasMessageContaining("tocsin.pagerduty.url");
    assertThatThrownBy(() -> settings(URI.create("http://h"), null, -1))
        .hasMessageContaining("rate-per-minute should be between 0 (unpaced) and 100000: was -1");
  }

  @ParameterizedTest
  @CsvSource({"key,token,15s,true", "key,token,0s,false", "key,,15s,false", ",token,15s,false"})
  void people_areFollowedWithBothKeysAndAnInterval(
      String routingKey, String token, String interval, boolean followed) {
    Duration every = DurationStyle.detectAndParse(interval);
    assertThat(
            new PagerDutySettings(
                    URI.create("http://h"),
                    null,
                    text(routingKey),
                    text(token),
                    "",
                    0,
                    HEDGE,
                    NO_SECOND,
                    every)
                .isFollowed())
        .isEqualTo(followed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"99ms", "601s", "-1s"})
  void pollInterval_hasBounds(String interval) {
    Duration every = DurationStyle.detectAndParse(interval);
    assertThatThrownBy(
            () ->
                new PagerDutySettings(
                    URI.create("http://h"), null, "", "", "", 0, HEDGE, NO_SECOND, every))
        .hasMessageContaining("tocsin.pagerduty.poll-interval should be between 100ms and 10m");
  }

  @ParameterizedTest
  @ValueSource(strings = {"999ms", "16s", "-1s"})
  void hedge_hasBounds(String after) {
    Duration hedge = DurationStyle.detectAndParse(after);
    assertThatThrownBy(
            () ->
                new PagerDutySettings(
                    URI.create("http://h"),
                    null,
                    "",
                    "",
                    "",
                    0,
                    hedge,
                    NO_SECOND,
                    Duration.ofSeconds(15)))
        .hasMessageContaining("tocsin.pagerduty.hedge-after should be between 1s and 15s");
  }

  @ParameterizedTest
  @ValueSource(strings = {"999ms", "601s", "-1s"})
  void second_hasBounds(String after) {
    Duration wait = DurationStyle.detectAndParse(after);
    assertThatThrownBy(() -> new PagerDutySettings.Second(null, "key", wait))
        .hasMessageContaining("tocsin.pagerduty.second.after should be between 1s and 10m");
    assertThatThrownBy(
            () -> new PagerDutySettings.Second(URI.create("ftp://h"), "key", Duration.ofMinutes(1)))
        .hasMessageContaining("tocsin.pagerduty.second.url");
  }

  @Test
  void second_hasItsOwnAddressAndKey_andNoToken() {
    PagerDutySettings second = settings(URI.create("http://h"), null, 0).ofSecond();
    assertThat(second.enqueue()).isEqualTo(URI.create("http://other/v2/enqueue"));
    assertThat(second.routingKey()).isEqualTo("second-secret-key");
    assertThat(second.hasToken()).isFalse();
    assertThat(second.second().isConfigured()).isFalse();
  }

  @Test
  void text_holdsNoSecret() {
    assertThat(settings(URI.create("http://h"), null, 0).toString())
        .doesNotContain("secret-key", "secret-token", "second-secret-key");
  }

  private static String text(String given) {
    return given == null ? "" : given;
  }

  private static PagerDutySettings settings(URI url, URI apiUrl, int rate) {
    return new PagerDutySettings(
        url, apiUrl, "secret-key", "secret-token", "", rate, HEDGE, SECOND, Duration.ofSeconds(15));
  }
}
