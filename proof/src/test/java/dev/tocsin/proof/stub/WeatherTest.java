// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.stub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.proof.schedule.Fault.Misdeed;
import dev.tocsin.testkit.receiver.Fault;
import dev.tocsin.testkit.receiver.Request;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WeatherTest {

  private final Weather weather = weather(1);

  @Test
  void rareFaults_areThoseOfTheSeed_whateverCameBetween() {
    List<String> seen = seen(weather);

    assertThat(seen(weather)).isEqualTo(seen);
    assertThat(seen(weather(1))).isEqualTo(seen);
    assertThat(seen(weather(2))).isNotEqualTo(seen);
  }

  @Test
  void rareFaults_areAboutAsRareAsSaid() {
    List<String> seen = seen(weather);

    assertThat(seen.stream().filter("LoseAnswer"::equals).count()).isBetween(350L, 650L);
    assertThat(seen.stream().filter("Deny"::equals).count()).isBetween(150L, 350L);
    assertThat(seen).contains("None").containsOnly("None", "LoseAnswer", "Deny");
  }

  @Test
  void whatChangesNothing_goesWrongInAStormOnly() {
    assertThat(IntStream.range(1, 10_000).mapToObj(n -> weather.apply(request(n, "GET"))))
        .allMatch(Fault.None.class::isInstance);
    weather.storm(Misdeed.HANGS);
    assertThat(weather.apply(request(1, "GET"))).isEqualTo(new Fault.Hang());
  }

  @ParameterizedTest
  @EnumSource
  void storm_isOverAllRequests_untilItIsOver(Misdeed misdeed) {
    weather.storm(misdeed);
    List<String> during = seen(weather);
    weather.storm(null);

    assertThat(during.stream().distinct()).hasSize(1).doesNotContain("None");
    assertThat(seen(weather)).isEqualTo(seen(weather(1)));
  }

  @Test
  void fairWeather_lasts() {
    weather.storm(Misdeed.CUTS);
    weather.clear();

    assertThat(seen(weather)).containsOnly("None");
  }

  /** Five per cent lost, two and a half denied. */
  private static Weather weather(long seed) {
    return new Weather(seed, request -> request.method().equals("POST"), 50, 25);
  }

  private static List<String> seen(Weather weather) {
    return IntStream.range(1, 10_000)
        .mapToObj(n -> weather.apply(request(n, "POST")).getClass().getSimpleName())
        .toList();
  }

  private static Request request(int number, String method) {
    return new Request(
        number, Instant.EPOCH, method, URI.create("/v2/enqueue"), Map.of(), new byte[0]);
  }
}
