// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.ingest.callback.jira.JiraVendor;
import dev.tocsin.ingest.source.Unreadable;
import dev.tocsin.schemas.callback.Callback;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JiraVendorTest {

  private static final String STATUS = "{\"field\":\"status\",\"toString\":\"%s\"}";
  private static final String ASSIGNEE = "{\"field\":\"assignee\",\"toString\":%s}";

  @ParameterizedTest
  @CsvSource({
    "Done,        done,          resolved Done",
    "Won't do,    done,          resolved Won't do",
    "In Progress, indeterminate, moved In Progress",
    "Backlog,     new,           moved Backlog",
    "Odd,         '',            moved Odd",
  })
  void status_isJudgedByItsCategory(String status, String category, String change) {
    assertThat(changes(updated(category, STATUS.formatted(status)))).containsExactly(change);
  }

  @Test
  void oneMessage_mayTellSeveralChanges_eachUnderItsOwnId() {
    List<Callback> callbacks =
        read(updated("done", STATUS.formatted("Done") + "," + ASSIGNEE.formatted("\"Ben\"")));
    assertThat(callbacks)
        .extracting(callback -> Webhooks.inShort(callback.change()))
        .containsExactly("resolved Done", "assigned Ben");
    assertThat(callbacks).extracting(Callback::id).doesNotHaveDuplicates();
    assertThat(callbacks)
        .allSatisfy(
            callback -> {
              assertThat(callback.key()).isEqualTo("jira/OPS-1");
              assertThat(callback.mark()).isEqualTo("tocsin-inc_1");
              assertThat(callback.by()).isEqualTo("Ada");
              assertThat(callback.occurredAt()).isEqualTo(Instant.ofEpochMilli(1795341899000L));
            });
  }

  @Test
  void nobody_mayBeAssigned() {
    assertThat(changes(updated("new", ASSIGNEE.formatted("null")))).containsExactly("assigned");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"field\":\"summary\"}", "{\"field\":null}", "{}", "\"odd\"", "{\"field\":3}"})
  void otherFields_areOfNoUse(String item) {
    assertThat(read(updated("done", item))).isEmpty();
  }

  @Test
  void comment_isANote_ofItsAuthor() {
    Callback callback =
        read("""
                {"timestamp":1795341899000,"webhookEvent":"comment_created",
                  "comment":{"id":"77","author":{"displayName":"Grace"},"body":"Rolled *back*"},
                  "issue":{"id":"1","key":"OPS-1","fields":{"summary":"no labels here"}}}
                """)
            .getFirst();
    assertThat(Webhooks.inShort(callback.change())).isEqualTo("noted 77: Rolled *back*");
    assertThat(callback.by()).isEqualTo("Grace");
    assertThat(callback.mark()).isNull();
  }

  @Test
  void repeat_hasTheSameId_byItsHeader_orByItsContent() {
    String body = updated("done", STATUS.formatted("Done"));
    Map<String, String> header = Map.of("X-Atlassian-Webhook-Identifier", "w1");
    String id = Webhooks.read(new JiraVendor(), header, body).getFirst().id();
    assertThat(Webhooks.read(new JiraVendor(), header, body).getFirst().id()).isEqualTo(id);
    assertThat(read(body).getFirst().id()).isEqualTo(read(body).getFirst().id()).isNotEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jira:issue_created", "jira:issue_deleted", "comment_deleted", "sprint"})
  void otherEvents_areOfNoUse(String event) {
    assertThat(read("{\"webhookEvent\":\"" + event + "\"}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"webhookEvent\":\"jira:issue_updated\",\"changelog\":{\"items\":[{\"field\":\"status\"}]}}"
      })
  void whatOughtToBeOfUse_isUnreadable(String body) {
    assertThatThrownBy(
            () -> Webhooks.read(new JiraVendor(), Map.of(), body.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(Unreadable.class);
  }

  private static String updated(String category, String items) {
    return """
    {"timestamp":1795341899000,"webhookEvent":"jira:issue_updated","user":{"displayName":"Ada"},
      "issue":{"id":"1","key":"OPS-1","fields":{"labels":["team-a","tocsin","tocsin-inc_1"],
        "status":{"name":"x","statusCategory":{"key":"%s"}}}},
      "changelog":{"id":"9","items":[%s]}}
    """
        .formatted(category, items);
  }

  private static List<String> changes(String body) {
    return read(body).stream().map(callback -> Webhooks.inShort(callback.change())).toList();
  }

  private static List<Callback> read(String body) {
    return Webhooks.read(new JiraVendor(), Map.of(), body);
  }
}
