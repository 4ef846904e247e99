// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.testkit.receiver.Visitor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FakeJiraTest {

  private static final String ISSUES = "/rest/api/3/issue";
  private static final String SEARCH = "/rest/api/3/search/jql";
  private static final String ADF =
      "{'type':'doc','version':1,'content':[{'type':'paragraph',"
          + "'content':[{'type':'text','text':'hello'}]}]}";
  private static final String ISSUE =
      "{'fields':{'project':{'key':'OPS'},'issuetype':{'name':'Task'},'summary':'down',"
          + "'description':"
          + ADF
          + ",'labels':['tocsin-a']}}";

  private final AtomicReference<Instant> time =
      new AtomicReference<>(Instant.parse("2026-11-22T10:00:00Z"));
  private final FakeJira jira = FakeJira.start(0, time::get);
  private final Visitor visitor =
      new Visitor(jira, Map.of("Authorization", basic(FakeJira.API_TOKEN)));

  @AfterEach
  void stop() {
    jira.close();
  }

  @Test
  void create_isNotIdempotent() throws IOException {
    assertThat(post(ISSUES, ISSUE)).isEqualTo(201);
    assertThat(post(ISSUES, ISSUE)).isEqualTo(201);
    assertThat(jira.issuesLabelled("tocsin-a"))
        .extracting(JiraIssue::key)
        .containsExactly("OPS-1", "OPS-2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'summary':'down' | 'summary':'a\\nb' | summary",
        "'key':'OPS' | 'key':'NO' | project",
        "'Task' | 'Nonsense' | issuetype",
        "'tocsin-a' | 'a b' | labels",
        "'version':1 | 'version':2 | description",
        "'text':'hello' | 'text':'' | description",
      })
  void faultyField_isRefusedByName(String part, String fault, String field) throws IOException {
    assertThat(
            visitor
                .json("POST", ISSUES, json(ISSUE.replace(part, fault)))
                .path("errors")
                .has(field))
        .isTrue();
    assertThat(jira.issues()).isEmpty();
  }

  @Test
  void search_seesAnIssueLateAndAReadByKeyAtOnce() throws IOException {
    jira.indexLag(Duration.ofSeconds(30));
    post(ISSUES, ISSUE);
    assertThat(found("labels = 'tocsin-a'")).isZero();
    assertThat(
            visitor
                .json("POST", ISSUES + "/bulkfetch", json("{'issueIdsOrKeys':['OPS-1','OPS-2']}"))
                .path("issues")
                .size())
        .isEqualTo(1);
    time.set(time.get().plusSeconds(30));
    assertThat(found("labels = 'tocsin-a'")).isEqualTo(1);
    assertThat(found("labels = 'tocsin-b'")).isZero();
  }

  @Test
  void search_canMissAnIssueANumberOfTimes() throws IOException {
    jira.indexLag(2);
    post(ISSUES, ISSUE);
    assertThat(found("labels = 'tocsin-a'")).isZero();
    assertThat(found("labels = 'tocsin-a'")).isZero();
    assertThat(found("labels = 'tocsin-a'")).isEqualTo(1);
  }

  @Test
  void oldSearch_isGone() throws IOException {
    assertThat(visitor.status("GET", "/rest/api/3/search?jql=x", "")).isEqualTo(410);
    assertThat(post(SEARCH, "{'jql':'summary ~ x'}")).isEqualTo(400);
  }

  @Test
  void transitions_leadThroughTheWorkflow() throws IOException {
    post(ISSUES, ISSUE);
    String path = ISSUES + "/OPS-1/transitions";
    assertThat(visitor.json("GET", path, "").path("transitions").findValuesAsString("key"))
        .containsExactly("indeterminate", "done");
    assertThat(post(path, "{'transition':{'id':'31'}}")).isEqualTo(204);
    assertThat(post(path, "{'transition':{'id':'31'}}")).isEqualTo(400);
    assertThat(jira.issue("OPS-1").isDone()).isTrue();
  }

  @Test
  void comments_areAdfAndKeepTheirProperties() throws IOException {
    post(ISSUES, ISSUE);
    String path = ISSUES + "/OPS-1/comment";
    assertThat(post(path, "{'body':'plain'}")).isEqualTo(400);
    assertThat(post(path, "{'body':" + ADF + ",'properties':[{'key':'k','value':{'mark':'m'}}]}"))
        .isEqualTo(201);
    assertThat(
            visitor
                .json("GET", path + "?expand=properties", "")
                .path("comments")
                .findValuesAsString("mark"))
        .containsExactly("m");
  }

  @Test
  void remoteLink_isReplacedByItsGlobalId() throws IOException {
    post(ISSUES, ISSUE);
    String link = "{'globalId':'g','object':{'url':'https://t.example','title':'t'}}";
    assertThat(post(ISSUES + "/OPS-1/remotelink", link)).isEqualTo(201);
    assertThat(post(ISSUES + "/OPS-1/remotelink", link)).isEqualTo(200);
    assertThat(jira.issue("OPS-1").remoteLinks()).hasSize(1);
  }

  @Test
  void wrongToken_isUnauthorized() throws IOException {
    Visitor stranger = new Visitor(jira, Map.of("Authorization", basic("wrong")));
    assertThat(stranger.status("GET", ISSUES + "/OPS-1", "")).isEqualTo(401);
    jira.revokeToken(true);
    assertThat(visitor.status("GET", ISSUES + "/OPS-1", "")).isEqualTo(401);
  }

  private int found(String condition) throws IOException {
    String jql = "project = OPS AND " + condition.replace("'", "\\\"");
    return visitor.json("POST", SEARCH, "{\"jql\":\"" + jql + "\"}").path("issues").size();
  }

  private int post(String path, String body) throws IOException {
    return visitor.status("POST", path, json(body));
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private static String basic(String token) {
    String pair = FakeJira.EMAIL + ':' + token;
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}
