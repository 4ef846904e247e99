// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** Every endpoint there is, against every kind of login: a new one cannot be forgotten. */
class SecurityTest extends ConsoleContext {

  private static final Set<String> OPEN =
      Set.of(
          "GET /v1/beats",
          "GET /v3/api-docs",
          "GET /v1/openapi.json",
          "GET /actuator/health",
          "GET /actuator/health/liveness",
          "GET /actuator/health/readiness",
          "GET /actuator/prometheus");

  private static final List<String> NOT_MAPPED_BY_CONTROLLERS =
      List.of(
          "GET /",
          "GET /incidents/x",
          "GET /screen/index.html",
          "GET /screen/screen.js",
          "GET /v1/openapi.json",
          "GET /actuator",
          "GET /actuator/health",
          "GET /actuator/health/liveness",
          "GET /actuator/health/readiness",
          "GET /actuator/health/view",
          "GET /actuator/prometheus",
          "GET /actuator/env",
          "GET /favicon.ico",
          "GET /nothing/here");

  private static final String WISH =
      "{\"url\":\"https://hooks.example.com/x\",\"events\":[\"dev.tocsin.*\"]}";

  @Autowired
  @org.springframework.beans.factory.annotation.Qualifier("requestMappingHandlerMapping")
  RequestMappingHandlerMapping mappings;

  @Test
  void everyEndpoint_isClosedUnlessNamedOpen() throws Exception {
    List<String> endpoints = endpoints();
    assertThat(endpoints).hasSizeGreaterThan(25).contains("POST /v1/incidents/x/acknowledge");
    for (String endpoint : endpoints) {
      boolean open = OPEN.contains(endpoint);
      assertThat(status(endpoint, Map.of())).as("%s, nobody", endpoint).isEqualTo(open ? 200 : 401);
      assertThat(status(endpoint, login("Basic " + base64("admin:wrong"))))
          .as("%s, wrong password", endpoint)
          .isEqualTo(401);
      assertThat(status(endpoint, login("Basic " + base64("root:" + PASSWORD))))
          .as("%s, wrong user", endpoint)
          .isEqualTo(401);
      assertThat(status(endpoint, login("Bearer " + TOKEN + "x")))
          .as("%s, wrong token", endpoint)
          .isEqualTo(401);
      assertThat(status(endpoint, login("Digest abc"))).as("%s, digest", endpoint).isEqualTo(401);
      assertThat(status(endpoint, login(BASIC))).as("%s, basic", endpoint).isNotIn(401, 403, 500);
      assertThat(status(endpoint, login(BEARER))).as("%s, bearer", endpoint).isNotIn(401, 403, 500);
    }
  }

  private List<String> endpoints() {
    List<String> endpoints = new ArrayList<>(NOT_MAPPED_BY_CONTROLLERS);
    for (RequestMappingInfo mapping : mappings.getHandlerMethods().keySet()) {
      for (String path : mapping.getPatternValues()) {
        if (path.equals("/error") || path.contains("api-docs.yaml")) {
          continue;
        }
        Set<RequestMethod> methods = mapping.getMethodsCondition().getMethods();
        for (RequestMethod method : methods) {
          endpoints.add(method + " " + path.replaceAll("\\{[^}]+}", "x"));
        }
      }
    }
    return endpoints;
  }

  private int status(String endpoint, Map<String, String> headers) throws Exception {
    String[] parts = endpoint.split(" ");
    String body = parts[0].equals("POST") ? "{}" : null;
    HttpResponse<String> response = send(parts[0], parts[1], body, headers);
    if (response.statusCode() == 401) {
      assertThat(response.headers().firstValue("content-type"))
          .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
      assertThat(response.headers().allValues("www-authenticate")).hasSize(2);
    }
    return response.statusCode();
  }

  private static Map<String, String> login(String authorization) {
    return Map.of("Authorization", authorization);
  }

  @Test
  void tokenOfASubscriber_opensWhatIsItsOwn_andNothingElse() throws Exception {
    JsonNode mine = json(post("/v1/subscriptions", WISH));
    JsonNode other = json(post("/v1/subscriptions", WISH));
    String path = "/v1/subscriptions/" + mine.get("id").asString();
    String token = "Bearer " + mine.get("token").asString();
    Set<String> own =
        Set.of("GET " + path, "GET " + path + "/deliveries", "POST " + path + "/replay");

    assertThat(status("GET " + path, login(token))).isEqualTo(200);
    assertThat(status("GET " + path + "/deliveries", login(token))).isEqualTo(200);
    assertThat(status("POST " + path + "/replay", login(token))).isEqualTo(400);
    for (String endpoint : endpoints()) {
      String asked =
          endpoint.replace("/subscriptions/x", "/subscriptions/" + mine.get("id").asString());
      if (OPEN.contains(endpoint) || own.contains(asked) || asked.contains("/deliveries/x")) {
        continue;
      }
      assertThat(status(asked, login(token))).as(asked).isIn(403, 405);
    }
    String theirs = "/v1/subscriptions/" + other.get("id").asString();
    assertThat(status("GET " + theirs, login(token))).isEqualTo(403);
    assertThat(status("POST " + theirs + "/replay", login(token))).isEqualTo(403);
    assertThat(status("GET " + path, login(token.replace(".1.", ".2.")))).isEqualTo(401);
    assertThat(status("GET " + path, login("Bearer " + mine.get("secret").asString())))
        .isEqualTo(401);
  }

  @Test
  void change_fromAPageOfAnotherSite_isRefused() throws Exception {
    String path = "/v1/incidents/inc_x/acknowledge";
    assertThat(change(path, "Sec-Fetch-Site", "cross-site")).isEqualTo(403);
    assertThat(change(path, "Sec-Fetch-Site", "same-site")).isEqualTo(403);
    assertThat(change(path, "Sec-Fetch-Site", "same-origin")).isEqualTo(404);
    assertThat(change(path, "Origin", "https://evil.example")).isEqualTo(403);
    assertThat(change(path, "Origin", "null")).isEqualTo(403);
    assertThat(change(path, "Origin", "http://localhost:" + port)).isEqualTo(404);
  }

  private int change(String path, String header, String value) throws Exception {
    return send("POST", path, "{}", Map.of("Authorization", BASIC, header, value)).statusCode();
  }

  @Test
  void everyAnswer_carriesTheHeadersThatKeepABrowserSafe() throws Exception {
    HttpResponse<String> page = get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("/screen/screen.js").doesNotContain("<script>");
    assertThat(page.headers().firstValue("content-security-policy"))
        .hasValueSatisfying(
            policy ->
                assertThat(policy)
                    .contains("default-src 'none'", "script-src 'self'")
                    .doesNotContain("unsafe"));
    assertThat(page.headers().firstValue("x-content-type-options")).hasValue("nosniff");
    assertThat(page.headers().firstValue("x-frame-options")).hasValue("DENY");
    assertThat(page.headers().firstValue("set-cookie")).isEmpty();
    assertThat(get("/v1/accounting").headers().firstValue("cache-control"))
        .hasValueSatisfying(cache -> assertThat(cache).contains("no-store"));
  }

  @Test
  void pathThatTheServerRefuses_isAProblemToo() throws Exception {
    HttpResponse<String> refused = get("/v1/incidents/a;b=c");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.headers().firstValue("content-type")).hasValue("application/problem+json");
  }
}
