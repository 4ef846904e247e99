// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LatestAlertsTest {

  private final LatestAlerts alerts = new LatestAlerts(3);

  @Test
  void latest_areKnown_andTheOldestGivesWay() {
    for (int i = 0; i < 5; i++) {
      alerts.add("a" + i);
    }
    assertThat(alerts.contain("a1")).isFalse();
    assertThat(alerts.contain("a2")).isTrue();
    assertThat(alerts.contain("a4")).isTrue();
  }

  @Test
  void storedInAnyOrder_itGoesOnWhereItWas() {
    Map<LatestAlerts.Place, String> stored = new HashMap<>();
    for (int i = 0; i < 5; i++) {
      String id = "a" + i;
      LatestAlerts.Place place = alerts.add(id);
      stored.keySet().removeIf(other -> other.slot() == place.slot());
      stored.put(place, id);
    }
    LatestAlerts again = new LatestAlerts(3);
    stored.forEach(again::restore);

    again.add("a5");

    assertThat(again.contain("a2")).as("was the oldest").isFalse();
    assertThat(again.contain("a3")).isTrue();
    assertThat(again.contain("a5")).isTrue();
  }
}
