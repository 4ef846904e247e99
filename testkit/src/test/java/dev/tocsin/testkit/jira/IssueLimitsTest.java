// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.testkit.receiver.Visitor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What Atlassian documents of issues: limits at their edges, what answers hold and what they hide.
 */
class IssueLimitsTest {

  private static final String ISSUES = "/rest/api/3/issue";
  private static final String SEARCH = "/rest/api/3/search/jql";

  private final FakeJira jira = FakeJira.start();
  private final Visitor visitor =
      new Visitor(jira, Map.of("Authorization", basic(FakeJira.EMAIL + ':' + FakeJira.API_TOKEN)));

  @AfterEach
  void stop() {
    jira.close();
  }

  @Test
  void created_isAnsweredWithIdKeyAndAddress() throws IOException {
    JsonNode created = visitor.json("POST", ISSUES, issue("down", "hello").toString());

    assertThat(created.propertyNames()).containsExactlyInAnyOrder("id", "key", "self");
    assertThat(created.path("key").asString("")).isEqualTo("OPS-1");
    assertThat(created.path("id").isString()).isTrue();
    assertThat(created.path("self").asString("")).endsWith("/rest/api/3/issue/10001");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, ''",
    "255, 1, ''",
    "256, 1, summary",
    "0, 1, summary",
    "1, 32767, ''",
    "1, 32768, description",
    "256, 32768, summary description"
  })
  void length_isLimited_andAllFaultsAreNamed(int summary, int description, String faults)
      throws IOException {
    ObjectNode issue = issue("x".repeat(summary), "y".repeat(description));

    JsonNode answer = visitor.json("POST", ISSUES, issue.toString());

    assertThat(String.join(" ", answer.path("errors").propertyNames())).isEqualTo(faults);
    assertThat(jira.issues()).hasSize(faults.isEmpty() ? 1 : 0);
  }

  @Test
  void issueWithoutADescription_isTaken() throws IOException {
    ObjectNode issue = issue("down", "hello");
    ((ObjectNode) issue.get("fields")).remove("description");

    assertThat(visitor.status("POST", ISSUES, issue.toString())).isEqualTo(201);
  }

  @Test
  void bodyThatIsNoJson_isRefused() throws IOException {
    assertThat(visitor.status("POST", ISSUES, "{")).isEqualTo(400);
    assertThat(visitor.status("POST", SEARCH, "{")).isEqualTo(400);
  }

  @Test
  void search_showsTheIdAlone_unlessFieldsAreAskedFor() throws IOException {
    visitor.status("POST", ISSUES, issue("down", "hello").toString());

    JsonNode bare = search("{\"jql\":\"project = OPS\"}").path("issues").path(0);
    JsonNode shown =
        search("{\"jql\":\"project = OPS\",\"fields\":[\"labels\",\"status\"]}")
            .path("issues")
            .path(0);

    assertThat(bare.propertyNames()).containsExactly("id");
    assertThat(shown.path("key").asString("")).isEqualTo("OPS-1");
    assertThat(shown.path("fields").propertyNames()).containsExactlyInAnyOrder("labels", "status");
  }

  @ParameterizedTest
  @CsvSource({"1, 1, false", "2, 2, true", "3, 2, true"})
  void search_saysWhetherThatWasAll(int most, int found, boolean last) throws IOException {
    visitor.status("POST", ISSUES, issue("first", "hello").toString());
    visitor.status("POST", ISSUES, issue("second", "hello").toString());

    JsonNode answer = search("{\"jql\":\"project = OPS\",\"maxResults\":" + most + '}');

    assertThat(answer.path("issues").size()).isEqualTo(found);
    assertThat(answer.path("isLast").asBoolean()).isEqualTo(last);
    assertThat(answer.has("total")).isFalse();
  }

  @Test
  void search_findsByOneOfSeveralLabels_newestFirst() throws IOException {
    for (String label : new String[] {"a", "b", "c"}) {
      ObjectNode issue = issue("down", "hello");
      ((ObjectNode) issue.get("fields")).putArray("labels").add(label);
      visitor.status("POST", ISSUES, issue.toString());
    }

    String jql = "project = OPS AND labels in (a, c) ORDER BY created DESC";
    assertThat(
            search("{\"jql\":\"" + jql + "\",\"fields\":[\"labels\"]}")
                .path("issues")
                .findValuesAsString("key"))
        .containsExactly("OPS-3", "OPS-1");
  }

  @Test
  void keyOfADeletedIssue_isNotGivenAgain() throws IOException {
    visitor.status("POST", ISSUES, issue("down", "hello").toString());
    jira.deleteByHand("OPS-1");

    assertThat(visitor.status("GET", ISSUES + "/OPS-1", "")).isEqualTo(404);
    assertThat(
            visitor
                .json("POST", ISSUES, issue("down", "hello").toString())
                .path("key")
                .asString(""))
        .isEqualTo("OPS-2");
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 201", "255, 32766, 201", "256, 1, 400", "1, 32767, 400"})
  void property_isLimited(int key, int value, int status) throws IOException {
    visitor.status("POST", ISSUES, issue("down", "hello").toString());
    String path = ISSUES + "/OPS-1/properties/" + "k".repeat(key);

    // The quotes count.
    assertThat(visitor.status("PUT", path, '"' + "v".repeat(value) + '"')).isEqualTo(status);
    assertThat(visitor.status("GET", path, "")).isEqualTo(status == 201 ? 200 : 404);
  }

  @Test
  void comment_isNotIdempotent_andHidesItsPropertiesUnlessAsked() throws IOException {
    visitor.status("POST", ISSUES, issue("down", "hello").toString());
    String path = ISSUES + "/OPS-1/comment";
    String comment =
        "{\"body\":" + document("hi") + ",\"properties\":[{\"key\":\"k\",\"value\":\"mark\"}]}";
    assertThat(visitor.status("POST", path, comment)).isEqualTo(201);
    assertThat(visitor.status("POST", path, comment)).isEqualTo(201);

    assertThat(visitor.json("GET", path, "").path("total").asInt()).isEqualTo(2);
    assertThat(visitor.json("GET", path, "").path("comments").path(0).has("properties")).isFalse();
    assertThat(
            visitor
                .json("GET", path + "?expand=properties", "")
                .path("comments")
                .findValuesAsString("value"))
        .containsExactly("mark", "mark");
  }

  @Test
  void comments_areCutIntoPages_newestFirstWhenAsked() throws IOException {
    visitor.status("POST", ISSUES, issue("down", "hello").toString());
    for (String text : new String[] {"one", "two", "three"}) {
      jira.commentByHand("OPS-1", "ann", text);
    }
    String path = ISSUES + "/OPS-1/comment?orderBy=-created&maxResults=2";

    assertThat(visitor.json("GET", path, "").path("comments").findValuesAsString("text"))
        .containsExactly("three", "two");
    assertThat(
            visitor
                .json("GET", path + "&startAt=2", "")
                .path("comments")
                .findValuesAsString("text"))
        .containsExactly("one");
  }

  @Test
  void transitionThatIsNone_isRefused_andMovesNothing() throws IOException {
    visitor.status("POST", ISSUES, issue("down", "hello").toString());
    String path = ISSUES + "/OPS-1/transitions";

    assertThat(visitor.status("POST", path, "{\"transition\":{\"id\":\"99\"}}")).isEqualTo(400);
    assertThat(visitor.status("POST", path, "{}")).isEqualTo(400);
    assertThat(visitor.status("POST", ISSUES + "/OPS-9/transitions", "{}")).isEqualTo(404);
    assertThat(jira.issue("OPS-1").isDone()).isFalse();
  }

  @Test
  void date_hasAnOffsetWithoutAColon() throws IOException {
    visitor.status("POST", ISSUES, issue("down", "hello").toString());

    assertThat(
            visitor.json("GET", ISSUES + "/OPS-1", "").path("fields").path("created").asString(""))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\+0100");
  }

  private JsonNode search(String body) throws IOException {
    return visitor.json("POST", SEARCH, body);
  }

  private static ObjectNode issue(String summary, String description) {
    ObjectNode issue = JsonMapper.shared().createObjectNode();
    ObjectNode fields = issue.putObject("fields").put("summary", summary);
    fields.putObject("project").put("key", "OPS");
    fields.putObject("issuetype").put("name", "Task");
    fields.set("description", document(description));
    fields.putArray("labels").add("tocsin-a");
    return issue;
  }

  private static JsonNode document(String text) {
    ObjectNode document =
        JsonMapper.shared().createObjectNode().put("type", "doc").put("version", 1);
    document
        .putArray("content")
        .addObject()
        .put("type", "paragraph")
        .putArray("content")
        .addObject()
        .put("type", "text")
        .put("text", text);
    return document;
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}
