// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.slack;

import dev.tocsin.testkit.receiver.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ends a call that changes nothing; but for the rate limit it is answered 200, as all is. */
final class Refusal extends RuntimeException {

  private final transient Answer answer;

  private Refusal(String error, Answer answer) {
    super(error, null, false, false);
    this.answer = answer;
  }

  static Refusal of(String error) {
    return with(error, Map.of());
  }

  /** One that says more than its name. */
  static Refusal with(String error, Map<String, Object> more) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("ok", false);
    body.put("error", error);
    body.putAll(more);
    return new Refusal(error, Answer.json(200, body));
  }

  /** One that names faults of the arguments. */
  static Refusal of(String error, List<String> faults) {
    List<String> messages = faults.stream().map(fault -> "[ERROR] " + fault).toList();
    return with(error, Map.of("errors", faults, "response_metadata", Map.of("messages", messages)));
  }

  static Refusal tooMany(long retryAfterSeconds) {
    Answer plain = of("ratelimited").answer;
    Map<String, String> headers = new LinkedHashMap<>(plain.headers());
    headers.put("Retry-After", String.valueOf(retryAfterSeconds));
    return new Refusal("ratelimited", new Answer(429, headers, plain.body()));
  }

  Answer answer() {
    return answer;
  }
}
