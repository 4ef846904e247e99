// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.schemas.topic.Json;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AttemptTest {

  private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");
  private static final Notification NOTE =
      new Notification(
          "dlv_a",
          "jira/default",
          "inc_a",
          1,
          "inc_a",
          null,
          AT,
          AT,
          new Content.TicketResolve("inc_a-1", "over"));

  @Test
  void probe_keepsSinceWhenItIsUnknownWhatHappened() {
    Attempt probe =
        new Attempt(
            "att_a", 2, Attempt.Mode.PROBE, AT, AT.plusSeconds(60), null, AT.minusSeconds(5), NOTE);
    assertThat(Json.MAPPER.readValue(Json.MAPPER.writeValueAsBytes(probe), Attempt.class))
        .isEqualTo(probe);
  }

  @Test
  void attemptWrittenBeforeUnknownSinceExisted_isStillRead() {
    Attempt send =
        new Attempt("att_a", 1, Attempt.Mode.SEND, AT, AT.plusSeconds(60), "OPS-1", NOTE);
    String json = Json.MAPPER.writeValueAsString(send);
    assertThat(json).doesNotContain("unknownSince");
    assertThat(Json.MAPPER.readValue(json, Attempt.class)).isEqualTo(send);
  }
}
