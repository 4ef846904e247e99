// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.stub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.proof.history.History;
import dev.tocsin.proof.schedule.Schedule;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutsideTest {

  @TempDir Path directory;

  private Map<String, String> settings(boolean slack) {
    Schedule schedule = new Schedule(1, false, 2, 1, 10, 0, 1, slack, List.of());
    try (History history = History.in(directory.resolve("history.jsonl"));
        Outside outside = new Outside(schedule, InstantSource.system(), history)) {
      return outside.settings();
    }
  }

  @Test
  void slack_isConfiguredWhereTheScheduleHasIt() {
    assertThat(settings(true)).containsKeys("TOCSIN_SLACK_URL", "TOCSIN_SLACK_TOKEN");
    assertThat(settings(false).keySet()).noneMatch(name -> name.startsWith("TOCSIN_SLACK"));
  }
}
