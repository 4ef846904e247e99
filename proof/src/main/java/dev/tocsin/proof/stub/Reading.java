// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.stub;

import dev.tocsin.proof.history.Entry;
import dev.tocsin.testkit.receiver.Answer;
import dev.tocsin.testkit.receiver.Exchange;
import dev.tocsin.testkit.receiver.Request;
import dev.tocsin.testkit.slack.FakeSlack;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the history keeps of a call. */
final class Reading {

  private static final Pattern SERVICE = Pattern.compile("proof-\\d+");
  private static final Pattern ISSUE_CALL =
      Pattern.compile("/rest/api/3/issue(?:/([A-Z]+-\\d+)/(comment|transitions))?");
  private static final String POST = "/api/chat.postMessage";
  private static final String EDIT = "/api/chat.update";

  /** What a telephone shows of a post ends with how things stand. */
  private static final Pattern SHOWN = Pattern.compile("\\((\\w+)\\)$");

  private static final JsonMapper JSON = JsonMapper.shared();

  private Reading() {}

  /** Empty when it is no event. */
  static Optional<Entry> paged(Exchange exchange, String channel) {
    Request request = exchange.request();
    if (!request.path().equals("/v2/enqueue")) {
      return Optional.empty();
    }
    JsonNode event = request.json();
    return Optional.of(
        new Entry.Paged(
            request.at(),
            exchange.endedAt(),
            fault(exchange),
            exchange.isTaken(),
            exchange.sent(),
            event.path("event_action").asString(""),
            event.path("dedup_key").asString(""),
            service(request),
            channel));
  }

  /** Empty when it changes nothing. */
  static Optional<Entry> ticketed(Exchange exchange) {
    Request request = exchange.request();
    Matcher call = ISSUE_CALL.matcher(request.path());
    if (!request.method().equals("POST") || !call.matches()) {
      return Optional.empty();
    }
    String change =
        switch (call.group(2)) {
          case "comment" -> "comment";
          case "transitions" -> "done";
          case null, default -> "create";
        };
    return Optional.of(
        new Entry.Ticketed(
            request.at(),
            exchange.endedAt(),
            fault(exchange),
            exchange.isTaken(),
            exchange.sent(),
            change,
            call.group(1) == null ? created(exchange.answer()) : call.group(1),
            request.json().path("properties").path(0).path("value").path("mark").asString(""),
            service(request)));
  }

  /** Empty when it writes nothing. */
  static Optional<Entry> posted(Exchange exchange) {
    Request request = exchange.request();
    if (!isWrittenToSlack(request)) {
      return Optional.empty();
    }
    JsonNode message = request.json();
    JsonNode marks = message.path("metadata").path("event_payload");
    String change = change(request, message);
    String post =
        switch (change) {
          case "edit" -> message.path("ts").asString("");
          case "reply" -> message.path("thread_ts").asString("");
          default -> made(exchange);
        };
    return Optional.of(
        new Entry.Posted(
            request.at(),
            exchange.endedAt(),
            fault(exchange),
            FakeSlack.isTaken(exchange),
            exchange.sent(),
            change,
            post,
            marks.path("mark").asString(""),
            marks.path("reply").asString(""),
            change.equals("reply") ? "" : shown(message),
            service(request)));
  }

  private static String change(Request request, JsonNode message) {
    if (request.path().equals(EDIT)) {
      return "edit";
    }
    return message.has("thread_ts") ? "reply" : "post";
  }

  private static String shown(JsonNode message) {
    Matcher shown = SHOWN.matcher(message.path("text").asString(""));
    return shown.find() ? shown.group(1) : "";
  }

  static boolean isWrittenToSlack(Request request) {
    return request.path().equals(POST) || request.path().equals(EDIT);
  }

  static Entry heard(Exchange exchange, String receiver, boolean signed) {
    Request request = exchange.request();
    JsonNode event = request.json();
    return new Entry.Heard(
        request.at(),
        exchange.endedAt(),
        fault(exchange),
        exchange.isTaken(),
        exchange.sent(),
        receiver,
        Objects.requireNonNullElse(request.header("webhook-id"), ""),
        event.path("id").asString(""),
        event.path("type").asString(""),
        event.path("subject").asString(""),
        signed);
  }

  private static String created(@Nullable Answer answer) {
    return answer == null || answer.status() != 201
        ? ""
        : JSON.readTree(answer.body()).path("key").asString("");
  }

  /** A refusal makes none. */
  private static String made(Exchange exchange) {
    Answer answer = exchange.answer();
    return answer == null ? "" : JSON.readTree(answer.body()).path("ts").asString("");
  }

  private static String fault(Exchange exchange) {
    return exchange.fault().getClass().getSimpleName();
  }

  private static String service(Request request) {
    Matcher found = SERVICE.matcher(new String(request.body(), StandardCharsets.UTF_8));
    return found.find() ? found.group() : "";
  }
}
