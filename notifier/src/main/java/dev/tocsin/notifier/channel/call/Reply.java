// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.call;

import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import dev.tocsin.schemas.topic.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** What came of a call. */
public sealed interface Reply {

  /**
   * The endpoint answered.
   *
   * @param headers names in lower case, the first of each
   * @param body as much as was read
   */
  record Answered(int code, Map<String, String> headers, byte[] body) implements Reply {

    private static final int SHOWN = 300;

    public Status status() {
      return Status.of(code);
    }

    /** It did not happen; it may later, not before the endpoint asks for it. */
    public Outcome.TryAgain tryAgain(Reason reason, Instant now) {
      return new Outcome.TryAgain(reason, shown(), retryAfter(now));
    }

    /** It did not happen and never will. */
    public Outcome.GiveUp giveUp(Reason reason) {
      return new Outcome.GiveUp(reason, shown());
    }

    /** The body; a missing node when it is not JSON. */
    public JsonNode json() {
      try {
        return Json.MAPPER.readTree(body);
      } catch (JacksonException e) {
        return MissingNode.getInstance();
      }
    }

    /** The status and the beginning of the body, in one line. */
    public String shown() {
      String text = new String(body, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}+", " ").strip();
      return text.length() > SHOWN
          ? code + " " + text.substring(0, SHOWN) + "..."
          : (code + " " + text).strip();
    }

    /** How long the endpoint asks us to wait; null when it does not say. */
    public @Nullable Duration retryAfter(Instant now) {
      return RetryAfter.read(headers.get("retry-after"), now);
    }
  }

  /** No answer, and the request was not sent. */
  record NotSent(Reason reason, String detail) implements Reply {

    /** What an attempt comes to then, whatever the channel. */
    public Outcome outcome() {
      return reason == Reason.FORBIDDEN_ADDRESS
          ? new Outcome.GiveUp(reason, detail)
          : new Outcome.TryAgain(reason, detail, null);
    }
  }

  /** No answer, and the request may have been acted on. */
  record Lost(Reason reason, String detail) implements Reply {

    /** What an attempt comes to then, whatever the channel. */
    public Outcome outcome() {
      return new Outcome.Unknown(reason, detail);
    }
  }
}
