// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.jira;

import dev.tocsin.testkit.callback.WebhookSender;
import dev.tocsin.testkit.receiver.Answer;
import dev.tocsin.testkit.receiver.FakeReceiver;
import dev.tocsin.testkit.receiver.Request;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Plays Jira Cloud with one project. Like the vendor's, creating is not idempotent and search sees
 * an issue late and shows the fields it is asked for; reading by key sees it at once.
 */
public final class FakeJira extends FakeReceiver {

  public static final String EMAIL = "tocsin@example.com";
  public static final String API_TOKEN = "fake-jira-token";
  public static final String PROJECT = "OPS";

  private static final String AUTHORIZATION =
      "Basic "
          + Base64.getEncoder()
              .encodeToString((EMAIL + ':' + API_TOKEN).getBytes(StandardCharsets.UTF_8));

  private final Map<String, JiraIssue> issues = new LinkedHashMap<>();
  private final SearchIndex index = new SearchIndex();

  /** Never goes back: a deleted issue's key is not given again. */
  private long created;

  private boolean revoked;
  private @Nullable Webhooks webhooks;

  private FakeJira(InstantSource clock) {
    super(clock);
  }

  public static FakeJira start() {
    return start(0);
  }

  public static FakeJira start(int port) {
    return start(port, InstantSource.system());
  }

  public static FakeJira start(int port, InstantSource clock) {
    FakeJira fake = new FakeJira(clock);
    fake.listen(port);
    return fake;
  }

  /** Search sees an issue so long after it was created. */
  public synchronized void indexLag(Duration lag) {
    index.lag(_ -> lag, 0);
  }

  /** Search sees each issue so long after it was created as this says of it. */
  public synchronized void indexLag(Function<JiraIssue, Duration> lag) {
    index.lag(lag, 0);
  }

  /** Search sees an issue only after so many searches missed it. */
  public synchronized void indexLag(int searches) {
    index.lag(_ -> Duration.ZERO, searches);
  }

  /** Refuses the token with 401, or takes it again. */
  public synchronized void revokeToken(boolean revoked) {
    this.revoked = revoked;
  }

  /** All issues, in the order they were created. */
  public synchronized List<JiraIssue> issues() {
    return List.copyOf(issues.values());
  }

  public synchronized JiraIssue issue(String key) {
    JiraIssue issue = issues.get(key);
    if (issue == null) {
      throw new IllegalArgumentException("no issue " + key + " among " + issues.keySet());
    }
    return issue;
  }

  /** More than one means that somebody opened the same ticket twice. */
  public List<JiraIssue> issuesLabelled(String label) {
    return issues().stream().filter(issue -> issue.labels().contains(label)).toList();
  }

  /** Tells of what happens here over webhooks. */
  public synchronized WebhookSender sendWebhooksTo(URI receiver, String secret) {
    WebhookSender sender = new WebhookSender(receiver, secret, "X-Hub-Signature", "sha256=");
    webhooks = new Webhooks(sender);
    return sender;
  }

  /** A person moves an issue. */
  public synchronized void moveByHand(String key, JiraStatus to, String person) {
    move(issue(key), to, person);
  }

  /** A person gives an issue to another. */
  public synchronized void assignByHand(String key, String person, String to) {
    if (webhooks != null) {
      webhooks.tellUpdate(issue(key), "assignee", to, person, clock.instant());
    }
  }

  /** A person says something on an issue. */
  public synchronized void commentByHand(String key, String person, String text) {
    JsonNode body =
        JsonMapper.shared()
            .valueToTree(
                Map.of(
                    "type",
                    "doc",
                    "version",
                    1,
                    "content",
                    List.of(
                        Map.of(
                            "type",
                            "paragraph",
                            "content",
                            List.of(Map.of("type", "text", "text", text))))));
    JiraIssue issue = issue(key);
    comment(issue, new JiraComment(nextComment(issue), body, Map.of()), person);
  }

  long nextComment(JiraIssue issue) {
    return issue.id() * 1000 + issue.comments().size();
  }

  synchronized void move(JiraIssue issue, JiraStatus to, String by) {
    JiraIssue moved = issue.moved(new JiraMove(to, by, clock.instant()));
    keep(moved);
    if (webhooks != null) {
      String status = String.valueOf(to.json().get("name"));
      webhooks.tellUpdate(moved, "status", status, by, clock.instant());
    }
  }

  synchronized void comment(JiraIssue issue, JiraComment comment, String by) {
    JiraIssue commented = issue.commented(comment);
    keep(commented);
    if (webhooks != null) {
      webhooks.tellComment(commented, comment, by, clock.instant());
    }
  }

  /** A person deletes an issue. */
  public synchronized void deleteByHand(String key) {
    issues.remove(key);
  }

  @Override
  protected synchronized Answer answer(Request request) {
    if (revoked || !AUTHORIZATION.equals(request.header("Authorization"))) {
      return error(401, "Client must be authenticated to access this resource.");
    }
    if (!request.path().startsWith("/rest/api/3/")) {
      return error(404, "null for uri: " + request.path());
    }
    String[] path = request.path().substring("/rest/api/3/".length()).split("/");
    try {
      return switch (path[0]) {
        case "issue" -> issue(request, path);
        case "comment" -> commentProperty(path);
        case "search" -> path.length > 1 && path[1].equals("jql") ? search(request) : removed();
        default -> error(404, "null for uri: " + request.path());
      };
    } catch (JacksonException e) {
      return error(400, "There was an error parsing JSON. Check that your request body is valid.");
    }
  }

  private Answer issue(Request request, String[] path) {
    if (path.length == 1) {
      return request.method().equals("POST") ? create(request.json()) : Answer.empty(405);
    }
    if (path[1].equals("bulkfetch")) {
      return bulkFetch(request.json());
    }
    JiraIssue issue = issues.get(path[1]);
    if (issue == null) {
      return error(404, "Issue does not exist or you do not have permission to see it.");
    }
    return new IssueApi(this, issue).answer(request, path);
  }

  private Answer commentProperty(String[] path) {
    return issues.values().stream()
        .flatMap(issue -> issue.comments().stream())
        .filter(comment -> path.length == 4 && String.valueOf(comment.id()).equals(path[1]))
        .map(comment -> comment.properties().get(path[3]))
        .filter(Objects::nonNull)
        .findFirst()
        .map(value -> Answer.json(200, Map.of("key", path[3], "value", value)))
        .orElseGet(() -> error(404, "The comment or its property was not found."));
  }

  private Answer create(JsonNode body) {
    JsonNode fields = body.path("fields");
    Map<String, String> faults = IssueRules.faults(fields, PROJECT);
    if (!faults.isEmpty()) {
      return Answer.json(400, Map.of("errorMessages", List.of(), "errors", faults));
    }
    Map<String, JsonNode> properties = new LinkedHashMap<>();
    body.path("properties").forEach(p -> properties.put(p.path("key").asString(), p.path("value")));
    long number = ++created;
    JiraIssue issue =
        new JiraIssue(
            10_000 + number,
            PROJECT + '-' + number,
            JiraStatus.TO_DO,
            clock.instant(),
            fields,
            Map.copyOf(properties),
            List.of(),
            Map.of(),
            List.of());
    keep(issue);
    return Answer.json(
        201,
        Map.of(
            "id", String.valueOf(issue.id()),
            "key", issue.key(),
            "self", uri() + "/rest/api/3/issue/" + issue.id()));
  }

  private Answer search(Request request) {
    boolean posted = request.method().equals("POST");
    String jql =
        posted
            ? request.json().path("jql").asString("")
            : String.join("", request.query().getOrDefault("jql", List.of("")));
    int most =
        posted
            ? request.json().path("maxResults").asInt(50)
            : Integer.parseInt(
                request.query().getOrDefault("maxResults", List.of("50")).getFirst());
    List<String> fields =
        posted
            ? request.json().path("fields").valueStream().map(f -> f.asString("")).toList()
            : List.of(
                String.join(",", request.query().getOrDefault("fields", List.of())).split(","));
    return index
        .search(jql, issues.values().stream(), clock.instant())
        .map(
            found ->
                Answer.json(
                    200,
                    Map.of(
                        "issues",
                        found.stream().limit(most).map(issue -> found(issue, fields)).toList(),
                        "isLast",
                        found.size() <= most)))
        .orElseGet(() -> error(400, "Error in the JQL Query: " + jql));
  }

  private Answer bulkFetch(JsonNode body) {
    JsonNode keys = body.path("issueIdsOrKeys");
    if (keys.size() > 100) {
      return error(400, "The number of issues exceeds the limit of 100.");
    }
    List<Map<String, Object>> found =
        keys.valueStream()
            .map(key -> issues.get(key.asString("")))
            .filter(Objects::nonNull)
            .map(FakeJira::shown)
            .toList();
    return Answer.json(200, Map.of("issues", found, "issueErrors", List.of()));
  }

  void keep(JiraIssue issue) {
    issues.put(issue.key(), issue);
  }

  /** Of an issue that was searched for only its id is shown, and the fields that were asked for. */
  private static Map<String, Object> found(JiraIssue issue, List<String> fields) {
    Map<String, Object> whole = shown(issue);
    Map<String, Object> shown = new LinkedHashMap<>();
    if (whole.get("fields") instanceof Map<?, ?> all) {
      for (String field : fields) {
        if (all.get(field) instanceof Object value) {
          shown.put(field, value);
        }
      }
    }
    return shown.isEmpty()
        ? Map.of("id", String.valueOf(issue.id()))
        : Map.of("id", String.valueOf(issue.id()), "key", issue.key(), "fields", shown);
  }

  static Map<String, Object> shown(JiraIssue issue) {
    Map<String, Object> fields = new LinkedHashMap<>();
    issue.fields().forEachEntry(fields::put);
    fields.put("status", issue.status().json());
    fields.put("created", JiraMove.shown(issue.createdAt()));
    return Map.of(
        "id", String.valueOf(issue.id()),
        "key", issue.key(),
        "fields", fields,
        "properties", issue.properties());
  }

  private static Answer removed() {
    return error(
        410, "The requested API has been removed. Please migrate to /rest/api/3/search/jql");
  }

  static Answer error(int status, String message) {
    return Answer.json(status, Map.of("errorMessages", List.of(message), "errors", Map.of()));
  }
}
