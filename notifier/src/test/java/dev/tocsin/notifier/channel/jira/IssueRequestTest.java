// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.notification.Content;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class IssueRequestTest {

  @Test
  void ticket_isAnIssueWithAdf() {
    JsonNode issue =
        IssueRequest.create(
            new Content.Ticket(
                "inc_1-1",
                "checkout\nis down",
                Severity.CRITICAL,
                List.of(new Content.Paragraph("Why", List.of("one", "two\nthree"))),
                List.of("team shop", "\"quoted\"", "", "tocsin"),
                List.of(
                    new Content.Link("Tocsin", "https://t.example"),
                    new Content.Link("bad", "javascript:x"))),
            "OPS",
            "Task");
    assertThat(issue)
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {
                      "fields": {
                        "project": {"key": "OPS"},
                        "issuetype": {"name": "Task"},
                        "summary": "checkout is down",
                        "description": {
                          "type": "doc",
                          "version": 1,
                          "content": [
                            {
                              "type": "heading",
                              "attrs": {"level": 3},
                              "content": [{"type": "text", "text": "Why"}]
                            },
                            {
                              "type": "paragraph",
                              "content": [
                                {"type": "text", "text": "one"},
                                {"type": "hardBreak"},
                                {"type": "text", "text": "two"},
                                {"type": "hardBreak"},
                                {"type": "text", "text": "three"}
                              ]
                            },
                            {
                              "type": "bulletList",
                              "content": [
                                {
                                  "type": "listItem",
                                  "content": [
                                    {
                                      "type": "paragraph",
                                      "content": [
                                        {
                                          "type": "text",
                                          "text": "Tocsin",
                                          "marks": [
                                            {
                                              "type": "link",
                                              "attrs": {"href": "https://t.example"}
                                            }
                                          ]
                                        }
                                      ]
                                    }
                                  ]
                                }
                              ]
                            }
                          ]
                        },
                        "labels": ["tocsin", "tocsin-inc_1-1", "team_shop", "_quoted_"]
                      },
                      "properties": [{"key": "tocsin", "value": {"mark": "inc_1-1"}}]
                    }
                    """));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{code}x{code}", "*bold*", "[x|https://evil]", "<b>", "h1. x", "${jndi:x}"})
  @Tag("bad-input-86-89")
  void markup_staysLiteral(String text) {
    JsonNode comment = IssueRequest.comment("m", paragraphs(text));
    assertThat(comment.path("body").path("content").path(0).path("content"))
        .isEqualTo(
            JsonMapper.shared()
                .createArrayNode()
                .add(JsonMapper.shared().createObjectNode().put("type", "text").put("text", text)));
  }

  @Test
  void longText_isCutWithMarkAndKeepsItsLinks() {
    JsonNode issue =
        IssueRequest.create(
            new Content.Ticket(
                "m",
                "s".repeat(300),
                Severity.INFO,
                List.of(new Content.Paragraph("h", Collections.nCopies(5000, "\"line\" of text"))),
                List.of(),
                List.of(new Content.Link("Tocsin", "https://t.example"))),
            "OPS",
            "Task");
    String description = issue.path("fields").path("description").toString();
    assertThat(description).hasSizeLessThanOrEqualTo(32_767).contains("[cut]", "https://t.example");
    assertThat(issue.path("fields").path("summary").asString())
        .hasSizeLessThanOrEqualTo(255)
        .endsWith("[cut]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "\u0000"})
  void emptyText_isNoEmptyTextNode(String text) {
    assertThat(IssueRequest.comment("m", paragraphs(text)).toString())
        .contains("(no text)")
        .doesNotContain("\"text\":\"\"");
  }

  private static List<Content.Paragraph> paragraphs(String line) {
    return List.of(new Content.Paragraph("", List.of(line)));
  }
}
