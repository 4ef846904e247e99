// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestartPauseTest {

  private final RestartPause pause =
      new RestartPause(Duration.ofSeconds(1), Duration.ofSeconds(30));

  @Test
  void pause_doublesUpToTheLongest_whileEachRunIsShort() {
    List<Long> seconds = new ArrayList<>();
    for (long now = 0; now < 7; now++) {
      pause.started(now);
      seconds.add(pause.failed(now + Duration.ofSeconds(29).toNanos()).toSeconds());
    }
    assertThat(seconds).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
  }

  @Test
  void pause_isShortAgain_afterALongRun() {
    pause.started(0);
    assertThat(pause.failed(1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(pause.failed(2)).isEqualTo(Duration.ofSeconds(2));
    pause.started(0);
    assertThat(pause.failed(Duration.ofSeconds(31).toNanos())).isEqualTo(Duration.ofSeconds(1));
  }
}
