// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every operation of the published document, asked for in every wrong way there is. */
class ApiTableTest extends ConsoleContext {

  private static final Map<String, String> LOGIN = Map.of("Authorization", BASIC);
  private static final Set<String> OPEN = Set.of("GET /v1/beats");
  private static final Set<String> OF_A_SUBSCRIBER =
      Set.of(
          "GET /v1/subscriptions/{id}",
          "GET /v1/subscriptions/{id}/deliveries",
          "GET /v1/subscriptions/{id}/deliveries/{delivery}",
          "POST /v1/subscriptions/{id}/replay");

  private static final String WISH =
      "{\"url\":\"https://hooks.example.com/x\",\"events\":[\"dev.tocsin.*\"]}";

  /**
   * One operation of the document.
   *
   * @param path with its places in braces
   */
  private record Operation(String method, String path, JsonNode says) {

    String name() {
      return method + ' ' + path;
    }

    String of(String id) {
      return path.replaceAll("\\{[^}]+}", id);
    }

    /** The statuses that the document speaks of. */
    List<Integer> answers() {
      return says.get("responses").propertyNames().stream().map(Integer::valueOf).toList();
    }

    boolean takesABody() {
      return says.has("requestBody");
    }

    List<JsonNode> parameters(String in) {
      return says.path("parameters")
          .valueStream()
          .filter(parameter -> parameter.path("in").asString("").equals(in))
          .toList();
    }
  }

  private final List<Operation> operations = new ArrayList<>();
  private JsonNode document;

  @BeforeEach
  void readTheDocument() throws Exception {
    document = json(send("GET", "/v1/openapi.json", null, Map.of()));
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        operations.add(
            new Operation(
                method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()));
      }
    }
    assertThat(operations).hasSizeGreaterThan(40);
  }

  @Test
  void operationSpeltOtherwise_isNoWayAroundTheLogin() throws Exception {
    for (Operation operation : operations) {
      if (OPEN.contains(operation.name())) {
        continue;
      }
      String path = operation.of("x");
      for (String spelt :
          List.of(
              path,
              path + '/',
              '/' + path,
              path + ".json",
              path + ";jsessionid=1",
              path + "?access_token=" + TOKEN,
              path.replace("/v1/", "/v1/beats/../"),
              path.replace("/v1/", "/v1%2f"),
              path.replace("/v1/", "/%76%31/"),
              path.toUpperCase(Locale.ROOT))) {
        assertThat(status(operation.method(), spelt, Map.of()))
            .as("%s %s", operation.method(), spelt)
            .isIn(400, 401, 404);
      }
    }
  }

  @Test
  void methodNobodyWroteDown_isClosedToo() throws Exception {
    for (Operation operation : operations) {
      for (String method : List.of("HEAD", "OPTIONS", "PROPFIND")) {
        if (!operation.path().equals("/v1/beats")) {
          assertThat(send(method, operation.of("x"), null, Map.of()).statusCode())
              .as("%s %s", method, operation.path())
              .isIn(400, 401, 405);
        }
      }
    }
  }

  @Test
  void tokenOfASubscriber_opensNothingOfAnother_andOfItsOwnOnlyWhatItMayAsk() throws Exception {
    JsonNode mine = json(post("/v1/subscriptions", WISH));
    String other = json(post("/v1/subscriptions", WISH)).get("id").asString();
    String own = mine.get("id").asString();
    Map<String, String> token = Map.of("Authorization", "Bearer " + mine.get("token").asString());

    for (Operation operation : operations) {
      if (OPEN.contains(operation.name())) {
        continue;
      }
      assertThat(status(operation.method(), operation.of(other), token))
          .as("%s of another", operation.name())
          .isEqualTo(403);
      int ofItsOwn = status(operation.method(), operation.of(own), token);
      if (OF_A_SUBSCRIBER.contains(operation.name())) {
        assertThat(ofItsOwn).as("%s of its own", operation.name()).isIn(200, 400, 404);
      } else {
        assertThat(ofItsOwn).as("%s of its own", operation.name()).isEqualTo(403);
      }
    }
    for (String around :
        List.of("/../" + other, "/%2e%2e/" + other, "%2f..%2f" + other, ";/../" + other)) {
      assertThat(status("GET", "/v1/subscriptions/" + own + around, token))
          .as(around)
          .isIn(400, 403);
    }
    assertThat(get("/v1/subscriptions/" + other).statusCode()).isEqualTo(200);
  }

  @Test
  void parameterThatIsNoneOfWhatItMayBe_isNamedWithWhatIsAllowed() throws Exception {
    int asked = 0;
    for (Operation operation : operations) {
      // Where something is named that there is not, that is said first.
      if (operation.path().contains("{")) {
        continue;
      }
      for (JsonNode parameter : operation.parameters("query")) {
        String name = parameter.get("name").asString();
        for (String wrong : wrong(parameter.path("schema"))) {
          String path = operation.path() + '?' + name + '=' + wrong;
          HttpResponse<String> refused = send(operation.method(), path, null, LOGIN);

          assertProblem(refused, 400, path);
          assertThat(json(refused).path("parameter").asString("")).as(path).isEqualTo(name);
          assertThat(json(refused).path("allowed").asString("")).as(path).isNotBlank();
          asked++;
        }
      }
    }
    assertThat(asked).isGreaterThan(20);
  }

  private static List<String> wrong(JsonNode schema) {
    if (schema.has("enum")) {
      return List.of("NONE_OF_THESE", "open%00");
    }
    return switch (schema.path("type").asString("") + schema.path("format").asString("")) {
      case "integerint32" -> List.of("0", "-1", "201", "many", "99999999999");
      case "stringdate-time" -> List.of("yesterday", "2026-13-01T00:00:00Z");
      default -> List.of();
    };
  }

  @Test
  void cursorThatIsMadeUp_isRefused() throws Exception {
    for (Operation operation : operations) {
      for (JsonNode parameter : operation.parameters("query")) {
        if (parameter.get("name").asString().equals("cursor")) {
          for (String cursor : List.of("%C3%A4", "A", "AAAA", "____", "a".repeat(4_000), "%00")) {
            HttpResponse<String> refused = get(operation.of("x") + "?cursor=" + cursor);

            // Where something is named that there is not, that is said first.
            int status = operation.path().contains("{") ? 404 : 400;
            assertProblem(refused, status, operation.path() + ' ' + cursor);
          }
        }
      }
    }
  }

  @Test
  void parameterThatThereIsNot_isNamedWithThoseThatThereAre() throws Exception {
    for (Operation operation : operations) {
      String path = operation.of("x") + "?limt=1";
      HttpResponse<String> refused = send(operation.method(), path, body(operation), LOGIN);

      assertProblem(refused, 400, path);
      assertThat(operation.answers()).as(operation.name()).contains(400);
      assertThat(json(refused).path("parameter").asString("")).as(path).isEqualTo("limt");
      String there =
          operation.parameters("query").stream()
              .map(parameter -> parameter.get("name").asString())
              .sorted()
              .collect(Collectors.joining(", "));
      assertThat(json(refused).path("allowed").asString(""))
          .as(path)
          .isEqualTo(there.isEmpty() ? "none" : there);
    }
  }

  @Test
  @Tag("bad-input-63")
  void idThatIsNone_isAProblemOfTheCaller() throws Exception {
    for (Operation operation : operations) {
      if (operation.path().contains("{")) {
        for (String id : List.of("x", "%20", "%C3%A4", "a".repeat(2_000), "%3Cscript%3E")) {
          String path = operation.of(id);
          HttpResponse<String> answer = send(operation.method(), path, body(operation), LOGIN);

          assertThat(answer.statusCode()).as(operation.name() + ' ' + id).isIn(400, 404);
          assertThat(operation.answers()).as(operation.name()).contains(answer.statusCode());
          assertProblem(answer, answer.statusCode(), operation.name() + ' ' + id);
        }
      }
    }
  }

  @Test
  @Tag("bad-input-63")
  void bodyThatMeansNothing_isAProblemOfTheCaller() throws Exception {
    int asked = 0;
    for (Operation operation : operations) {
      if (operation.takesABody()) {
        for (String body :
            List.of(
                "{",
                "[]",
                "null",
                "\u0000",
                "{\"nobodyKnowsThis\":1}",
                "[".repeat(2_000),
                "{\"a\":".repeat(2_000))) {
          HttpResponse<String> refused = send(operation.method(), operation.of("x"), body, LOGIN);

          assertThat(refused.statusCode()).as(operation.name() + ' ' + body).isIn(400, 404);
          assertThat(operation.answers()).as(operation.name()).contains(refused.statusCode());
          assertProblem(refused, refused.statusCode(), operation.name());
          asked++;
        }
      }
    }
    assertThat(asked).isGreaterThan(50);
  }

  @Test
  void memberOfAnotherKind_isRefusedByItsName() throws Exception {
    int asked = 0;
    for (Operation operation : operations) {
      if (!operation.takesABody()) {
        continue;
      }
      for (Map.Entry<String, JsonNode> member : members(operation).properties()) {
        for (String value : ofAnotherKind(member.getValue().path("type").asString(""))) {
          String body = "{\"%s\":%s}".formatted(member.getKey(), value);
          HttpResponse<String> refused = send(operation.method(), operation.of("x"), body, LOGIN);

          String what = operation.name() + ' ' + body;
          assertProblem(refused, 400, what);
          assertThat(json(refused).path("parameter").asString(""))
              .as(what)
              .startsWith(member.getKey());
          asked++;
        }
      }
    }
    assertThat(asked).isGreaterThan(60);
  }

  private JsonNode members(Operation operation) {
    String schema =
        operation.says().at("/requestBody/content/application~1json/schema/$ref").asString("");
    return document.at(schema.substring(1)).path("properties");
  }

  private static List<String> ofAnotherKind(String kind) {
    return switch (kind) {
      case "string" -> List.of("5", "5.5", "true", "[\"a\"]");
      case "integer" -> List.of("\"5\"", "5.5", "true");
      case "boolean" -> List.of("\"true\"", "1");
      case "array" -> List.of("\"a\"", "[5]");
      default -> List.of("\"a\"", "5");
    };
  }

  @Test
  void methodThatIsNotThere_isAProblemThatSaysWhichAre() throws Exception {
    HttpResponse<String> refused = send("PATCH", "/v1/incidents", "{}", LOGIN);

    assertProblem(refused, 405, "PATCH /v1/incidents");
    assertThat(refused.headers().firstValue("allow")).hasValue("GET");
    assertThat(json(refused).get("detail").asString())
        .isEqualTo("PATCH is not for this path: it takes GET");
  }

  @Test
  void bodyThatIsAForm_isRefusedWithTheTypeThatIsRead() throws Exception {
    HttpResponse<String> refused =
        send(
            "POST",
            "/v1/silences/preview",
            null,
            Map.of("Authorization", BASIC, "Content-Type", "application/x-www-form-urlencoded"));

    assertProblem(refused, 415, "POST a form");
    assertThat(json(refused).get("detail").asString())
        .startsWith(
            "Content-Type should be application/json: was application/x-www-form-urlencoded");
  }

  @Test
  void emptyText_isNamedAsSuch() throws Exception {
    HttpResponse<String> refused = get("/v1/incidents?limit=%20");

    assertProblem(refused, 400, "limit of a blank");
    assertThat(json(refused).get("detail").asString()).endsWith(": was empty");
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String what) {
    assertThat(answer.statusCode()).as(what + ": " + answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("content-type"))
        .as(what)
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    JsonNode problem = json(answer);
    assertThat(problem.path("status").asInt()).as(what).isEqualTo(status);
    assertThat(problem.path("detail").asString("")).as(what).isNotBlank();
    assertThat(problem.has("trace")).as(what).isFalse();
    assertThat(answer.body()).as(what).doesNotContain("java.", "Exception", "springframework");
  }

  private static String body(Operation operation) {
    return operation.takesABody() ? "{}" : null;
  }

  private int status(String method, String path, Map<String, String> headers)
      throws IOException, InterruptedException {
    return send(method, path, method.equals("POST") ? "{}" : null, headers).statusCode();
  }
}
