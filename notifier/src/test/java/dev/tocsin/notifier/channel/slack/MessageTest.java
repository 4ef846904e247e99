// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.incident.IncidentStatus;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Content.Link;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class MessageTest {

  @Test
  void postWithoutALinkToShow_hasNoEmptySection() {
    JsonNode blocks = blocks("checkout is down", List.of(new Link("run", "javascript:alert(1)")));

    assertThat(blocks).hasSize(2);
    assertThat(blocks.toString()).doesNotContain("javascript");
  }

  @Test
  void headline_showsNoEmojiThatAnAlertNames() {
    JsonNode header = blocks(":white_check_mark: fe80:100:1", List.of()).path(0).path("text");

    assertThat(header.path("text").asString()).isEqualTo("🔴 :white_check_mark: fe80:100:1");
    assertThat(header.path("emoji").asBoolean(true)).isFalse();
  }

  private static JsonNode blocks(String headline, List<Link> links) {
    Content.Card card =
        new Content.Card(
            headline,
            Severity.CRITICAL,
            IncidentStatus.OPEN,
            "Open since 10:00.",
            List.of(),
            links);
    return Message.post("C0000OPS1", new Content.Post("inc_1-1", card), false).path("blocks");
  }
}
