// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.alertmanager;

import dev.tocsin.testkit.receiver.Answer;
import dev.tocsin.testkit.receiver.FakeReceiver;
import dev.tocsin.testkit.receiver.Request;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An Alertmanager that knows silences: {@code POST} and {@code GET /api/v2/silences}, {@code DELETE
 * /api/v2/silence/{id}}. As with the real one, a silence that ended stays in the list as expired.
 */
public final class FakeAlertmanager extends FakeReceiver {

  private static final String SILENCES = "/api/v2/silences";
  private static final String SILENCE = "/api/v2/silence/";

  private final Map<String, Silence> silences = new LinkedHashMap<>();

  private record Silence(
      JsonNode matchers,
      Instant startsAt,
      Instant endsAt,
      Instant updatedAt,
      String createdBy,
      String comment) {

    String state(Instant now) {
      return !endsAt.isAfter(now) ? "expired" : startsAt.isAfter(now) ? "pending" : "active";
    }
  }

  private FakeAlertmanager(InstantSource clock) {
    super(clock);
  }

  /** Listens on a free port of the loopback interface. */
  public static FakeAlertmanager start(InstantSource clock) {
    FakeAlertmanager alertmanager = new FakeAlertmanager(clock);
    alertmanager.listen(0);
    return alertmanager;
  }

  @Override
  protected Answer answer(Request request) {
    synchronized (silences) {
      if (request.path().equals(SILENCES) && request.method().equals("POST")) {
        return create(request.json());
      }
      if (request.path().equals(SILENCES) && request.method().equals("GET")) {
        return Answer.json(200, all());
      }
      if (request.path().startsWith(SILENCE) && request.method().equals("DELETE")) {
        return expire(request.path().substring(SILENCE.length()));
      }
      return Answer.json(404, Map.of("code", 404, "message", "path " + request.path()));
    }
  }

  private Answer create(JsonNode wish) {
    Instant startsAt = time(wish, "startsAt");
    Instant endsAt = time(wish, "endsAt");
    if (wish.path("matchers").isEmpty() || startsAt == null || endsAt == null) {
      return Answer.json(422, Map.of("code", 602, "message", "matchers and times are required"));
    }
    if (!endsAt.isAfter(startsAt)) {
      return Answer.json(400, "start time must be before end time");
    }
    String id = UUID.nameUUIDFromBytes(new byte[] {(byte) silences.size()}).toString();
    silences.put(
        id,
        new Silence(
            wish.path("matchers"),
            startsAt,
            endsAt,
            clock.instant(),
            wish.path("createdBy").asString(""),
            wish.path("comment").asString("")));
    return Answer.json(200, Map.of("silenceID", id));
  }

  private static @Nullable Instant time(JsonNode wish, String name) {
    try {
      return Instant.parse(wish.path(name).asString(""));
    } catch (DateTimeParseException _) {
      return null;
    }
  }

  private Answer expire(String id) {
    Silence silence = silences.get(id);
    if (silence == null) {
      return Answer.json(404, "silence %s not found".formatted(id));
    }
    Instant now = clock.instant();
    silences.put(
        id,
        new Silence(
            silence.matchers(),
            silence.startsAt(),
            now,
            now,
            silence.createdBy(),
            silence.comment()));
    return Answer.empty(200);
  }

  private List<Map<String, Object>> all() {
    Instant now = clock.instant();
    List<Map<String, Object>> all = new ArrayList<>();
    silences.forEach(
        (id, silence) -> {
          Map<String, Object> one = new LinkedHashMap<>();
          one.put("id", id);
          one.put("status", Map.of("state", silence.state(now)));
          one.put("updatedAt", silence.updatedAt().toString());
          one.put("comment", silence.comment());
          one.put("createdBy", silence.createdBy());
          one.put("endsAt", silence.endsAt().toString());
          one.put("matchers", silence.matchers());
          one.put("startsAt", silence.startsAt().toString());
          all.add(one);
        });
    return all;
  }
}
