// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OpenApiTest extends ConsoleContext {

  @Test
  void document_namesThePublicPathsAndNoOthers() throws Exception {
    JsonNode document = json(send("GET", "/v3/api-docs", null, Map.of()));
    TreeSet<String> found = new TreeSet<>();
    document
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method -> {
                          found.add(method.getKey() + " " + path.getKey());
                          assertThat(method.getValue().has("summary"))
                              .as("%s says what it is for", path.getKey())
                              .isTrue();
                        }));
    assertThat(found)
        .containsExactlyInAnyOrder(
            "get /v1/accounting",
            "get /v1/alerts",
            "get /v1/alerts/{id}",
            "get /v1/alerts/{id}/explanation",
            "get /v1/anomalies",
            "get /v1/beats",
            "get /v1/dead-letters",
            "get /v1/dead-letters/{id}",
            "post /v1/dead-letters/{id}/replay",
            "post /v1/dead-letters/{id}/drop",
            "post /v1/dead-letters/replay",
            "post /v1/dead-letters/drop",
            "get /v1/deliveries",
            "get /v1/deliveries/{id}",
            "post /v1/deliveries/{id}/replay",
            "post /v1/deliveries/replay",
            "get /v1/forecasts",
            "get /v1/incidents",
            "get /v1/incidents/{id}",
            "post /v1/incidents/{id}/acknowledge",
            "post /v1/incidents/{id}/merge",
            "post /v1/incidents/{id}/move",
            "post /v1/incidents/{id}/notes",
            "post /v1/incidents/{id}/resolve",
            "post /v1/incidents/{id}/split",
            "get /v1/services",
            "get /v1/inhibitions",
            "post /v1/inhibitions",
            "get /v1/inhibitions/{id}",
            "delete /v1/inhibitions/{id}",
            "get /v1/silences",
            "post /v1/silences",
            "post /v1/silences/preview",
            "get /v1/silences/{id}",
            "delete /v1/silences/{id}",
            "get /v1/statements",
            "get /v1/statements/{day}",
            "get /v1/subscriptions",
            "post /v1/subscriptions",
            "get /v1/subscriptions/{id}",
            "delete /v1/subscriptions/{id}",
            "put /v1/subscriptions/{id}",
            "patch /v1/subscriptions/{id}",
            "post /v1/subscriptions/{id}/rotate",
            "post /v1/subscriptions/{id}/test",
            "post /v1/subscriptions/{id}/disable",
            "post /v1/subscriptions/{id}/enable",
            "get /v1/subscriptions/{id}/deliveries",
            "get /v1/subscriptions/{id}/deliveries/{delivery}",
            "post /v1/subscriptions/{id}/replay");
    assertThat(json(send("GET", "/v1/openapi.json", null, Map.of())).get("paths"))
        .isEqualTo(document.get("paths"));
  }

  @Test
  void changeOfASubscription_hasTheMembersOfOne() throws Exception {
    JsonNode document = json(send("GET", "/v3/api-docs", null, Map.of()));
    JsonNode body =
        document.at("/paths/~1v1~1subscriptions~1{id}/patch/requestBody/content/application~1json");
    String schema = body.at("/schema/$ref").asString("");
    assertThat(schema).as(body.toString()).startsWith("#/components/schemas/");
    assertThat(document.at(schema.substring(1)).path("properties").propertyNames())
        .containsExactlyInAnyOrder("url", "events", "filter");
  }

  @Test
  void operation_isDocumentedWithTheYesItGives() throws Exception {
    JsonNode paths = json(send("GET", "/v3/api-docs", null, Map.of())).get("paths");
    for (String wish : List.of("acknowledge", "resolve", "merge", "split", "move")) {
      assertThat(answers(paths, "/v1/incidents/{id}/" + wish, "post"))
          .as(wish)
          .contains("202", "409")
          .doesNotContain("200");
    }
    assertThat(answers(paths, "/v1/incidents/{id}/notes", "post"))
        .contains("202", "400", "415")
        .doesNotContain("200", "409");
    assertThat(answers(paths, "/v1/subscriptions/{id}", "delete")).contains("204", "404");
    assertThat(answers(paths, "/v1/beats", "get")).containsExactlyInAnyOrder("200", "400", "503");
  }

  @Test
  void no_isDocumentedAsAProblem_ofEveryOperation() throws Exception {
    JsonNode document = json(send("GET", "/v3/api-docs", null, Map.of()));
    assertThat(document.at("/components/schemas/Problem/properties").propertyNames())
        .contains("detail", "parameter", "value", "allowed");
    document
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .forEach(
                        operation ->
                            operation
                                .get("responses")
                                .properties()
                                .forEach(
                                    answer -> {
                                      if (answer.getKey().startsWith("2")) {
                                        return;
                                      }
                                      assertThat(answer.getValue().get("content").propertyNames())
                                          .as("%s of %s", answer.getKey(), path.getKey())
                                          .containsExactly("application/problem+json");
                                    })));
  }

  private static Collection<String> answers(JsonNode paths, String path, String method) {
    return paths.get(path).get(method).get("responses").propertyNames();
  }
}
