// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console;

import static dev.tocsin.console.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.beat.Beat;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.schemas.topic.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BeatTest extends ConsoleContext {

  private static final Instant SENT = NOON.minusSeconds(1);

  private void delivery(Instant sent, Delivery.Status status, Instant at) throws Exception {
    String id = "beat-" + sent.getEpochSecond();
    happened(
        Topics.DELIVERIES,
        "g",
        new Delivery(
            id,
            status,
            new Notification(
                id,
                Beat.ENDPOINT,
                "g",
                0,
                id,
                null,
                at,
                at,
                new Content.Event(id, Beat.EVENT_TYPE, sent.toString())),
            List.of(),
            0,
            null,
            null,
            "",
            at));
  }

  private List<String> beats() throws Exception {
    JsonNode hops = json(send("GET", "/v1/beats", null, Map.of())).get("hops");
    return hops.valueStream()
        .map(h -> h.get("hop").asString() + ' ' + h.path("beat").asString("never"))
        .toList();
  }

  @Test
  void hops_tellTheirNewestBeat_andNobodyElseIsTold() throws Exception {
    String counted = json(get("/v1/accounting")).get("deliveries").toString();
    assertThat(beats()).contains("detection never", "workflow never", "notifier never");
    happened(Topics.BEATS, "g", new Beat("a-0", "g", SENT, NOON));
    delivery(SENT, Delivery.Status.PENDING, NOON.plusMillis(40));
    assertThat(beats()).contains("detection " + SENT, "workflow " + SENT, "notifier never");

    delivery(SENT, Delivery.Status.DELIVERED, NOON.plusMillis(60));
    delivery(SENT.minusSeconds(15), Delivery.Status.DELIVERED, NOON.plusSeconds(5));
    assertThat(beats()).as("a late one takes nothing back").contains("notifier " + SENT);
    assertThat(get("/v1/deliveries?channel=sentinel").body()).contains("\"items\":[]");
    assertThat(get("/v1/accounting").body()).contains(counted);
  }
}
