// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.pagerduty;

import dev.tocsin.notifier.channel.call.Call;
import dev.tocsin.notifier.channel.call.HttpCalls;
import dev.tocsin.notifier.channel.call.Reply;
import dev.tocsin.notifier.channel.call.Status;
import dev.tocsin.notifier.channel.text.PlainText;
import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.topic.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Notes on PagerDuty incidents, over REST. */
final class PagerDutyNotes {

  private static final int LONGEST = 25_000;

  /** An event is taken before its incident exists; after this long it never will. */
  private static final Duration INCIDENT_EXPECTED = Duration.ofHours(1);

  /** One of up to three calls of an attempt. */
  private static final Duration EACH = Duration.ofSeconds(4);

  /** People need a while to replace a token. */
  private static final Duration TOKEN_PAUSE = Duration.ofMinutes(5);

  private static final Duration MISSING_PAUSE = Duration.ofSeconds(5);

  private final PagerDutyRest rest;
  private final HttpCalls calls;
  private final InstantSource clock;

  PagerDutyNotes(PagerDutySettings settings, HttpCalls calls, InstantSource clock) {
    this.rest = new PagerDutyRest(settings);
    this.calls = calls;
    this.clock = clock;
  }

  Outcome send(Attempt attempt, Content.PageNote note) {
    String query = URLEncoder.encode(note.dedupKey(), StandardCharsets.UTF_8);
    return switch (get("/incidents?limit=100&incident_key=" + query)) {
      case Reply.NotSent notSent -> notSent.outcome();
      // Nothing was changed by looking.
      case Reply.Lost lost -> new Outcome.TryAgain(lost.reason(), lost.detail(), null);
      case Reply.Answered answered when answered.status() == Status.TAKEN ->
          incident(answered.json())
              .map(id -> note(attempt, id, text(note)))
              .orElseGet(() -> missing(attempt, note));
      case Reply.Answered answered -> refused(answered);
    };
  }

  private static String text(Content.PageNote note) {
    return PlainText.cut(NoteMark.on(PlainText.clean(note.text())), LONGEST);
  }

  private Outcome note(Attempt attempt, String incident, String text) {
    if (attempt.n() > 1 && isThere(incident, text)) {
      return new Outcome.Delivered(incident);
    }
    byte[] body = Json.MAPPER.writeValueAsBytes(Map.of("note", Map.of("content", text)));
    Call call = rest.post("/incidents/" + incident + "/notes", body);
    return switch (calls.make(call, EACH)) {
      case Reply.NotSent notSent -> notSent.outcome();
      case Reply.Lost lost -> lost.outcome();
      case Reply.Answered answered when answered.status() == Status.TAKEN ->
          new Outcome.Delivered(incident);
      case Reply.Answered answered -> refused(answered);
    };
  }

  /** A note has no idempotency key, so before a repeat we look for it. */
  private boolean isThere(String incident, String text) {
    return get("/incidents/" + incident + "/notes") instanceof Reply.Answered answered
        && answered
            .json()
            .path("notes")
            .valueStream()
            .anyMatch(note -> note.path("content").asString("").equals(text));
  }

  private Outcome missing(Attempt attempt, Content.PageNote note) {
    String detail = "PagerDuty has no incident with dedup key " + note.dedupKey();
    boolean isLate =
        attempt.issuedAt().isAfter(attempt.notification().plannedAt().plus(INCIDENT_EXPECTED));
    return isLate
        ? new Outcome.GiveUp(Reason.NOT_FOUND, detail)
        : new Outcome.TryAgain(Reason.NOT_FOUND, detail + " (yet)", MISSING_PAUSE);
  }

  private Outcome refused(Reply.Answered answered) {
    Instant now = clock.instant();
    return switch (answered.status()) {
      case NOT_NOW -> answered.tryAgain(Reason.RATE_LIMITED, now);
      case UNAVAILABLE, BROKEN -> answered.tryAgain(Reason.SERVER_ERROR, now);
      case UNAUTHORIZED -> new Outcome.TryAgain(Reason.UNAUTHORIZED, answered.shown(), TOKEN_PAUSE);
      case REDIRECTED -> answered.tryAgain(Reason.REDIRECTED, now);
      case NOT_FOUND, GONE -> answered.giveUp(Reason.NOT_FOUND);
      case TAKEN, CONFLICT, REFUSED -> answered.giveUp(Reason.BAD_REQUEST);
    };
  }

  /** The open one of that dedup key, else the latest. */
  private static Optional<String> incident(JsonNode found) {
    JsonNode best = null;
    for (JsonNode incident : found.path("incidents")) {
      if (best == null || rank(incident).compareTo(rank(best)) > 0) {
        best = incident;
      }
    }
    return best == null ? Optional.empty() : best.path("id").asStringOpt();
  }

  private static String rank(JsonNode incident) {
    boolean isOpen = !incident.path("status").asString("").equals("resolved");
    return (isOpen ? "1" : "0") + incident.path("created_at").asString("");
  }

  private Reply get(String path) {
    return calls.make(rest.get(path), EACH);
  }
}
