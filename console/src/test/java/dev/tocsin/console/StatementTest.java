// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.seal.Seal;
import dev.tocsin.schemas.statement.Statement;
import dev.tocsin.schemas.topic.Topics;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class StatementTest extends ConsoleContext {

  private static Statement day(String day, long accepted) {
    Instant from = LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant();
    return Seal.on(
        new Statement(
            new Statement.Alerts(accepted, Map.of("OPENED", accepted), 0),
            Map.of(),
            day,
            Map.of(),
            Map.of("jira", new Statement.Effects(0, 0, 2, 1, 3, 0)),
            Map.of(),
            from,
            "",
            Map.of("opened", 1L),
            null,
            from.plusSeconds(87_000),
            from.plusSeconds(86_400),
            List.of()));
  }

  @Test
  void statements_areListedLatestFirst_andShownAsTheyWereSealed() throws Exception {
    Statement first = day("2020-02-28", 3);
    Statement second = day("2020-02-29", 5);
    happened(Topics.STATEMENTS, first.day(), first);
    happened(Topics.STATEMENTS, second.day(), second);
    happened(Topics.STATEMENTS, second.day(), day("2020-02-29", 6));

    JsonNode items = json(get("/v1/statements")).get("items");
    assertThat(items.valueStream().map(item -> item.get("day").asString()))
        .containsExactly("2020-02-29", "2020-02-28");
    assertThat(items.get(0).get("alerts").get("accepted").asLong())
        .as("the first of a day counts")
        .isEqualTo(5);
    assertThat(items.get(0).get("effects").get("jira").get("pending").asLong()).isEqualTo(1);

    HttpResponse<String> one = get("/v1/statements/2020-02-29");
    assertThat(one.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(Seal.holds(one.body().getBytes(StandardCharsets.UTF_8))).isTrue();
    assertThat(json(one).get("hash").asString()).isEqualTo(second.hash());
  }

  @Test
  void dayThatWasNotStated_orIsNone_isRefusedWithWords() throws Exception {
    HttpResponse<String> unknown = get("/v1/statements/2019-01-01");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(json(unknown).get("detail").asString())
        .isEqualTo("there is no statement of 2019-01-01 here");
    HttpResponse<String> none = get("/v1/statements/yesterday");
    assertThat(none.statusCode()).isEqualTo(400);
    assertThat(none.headers().firstValue("content-type")).hasValue("application/problem+json");
    assertThat(json(none).get("detail").asString())
        .isEqualTo("day should be a day like 2026-11-28: was yesterday");
  }
}
