// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.problem;

import dev.tocsin.schemas.hold.HoldFault;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** A no that says what was given and what would be right; becomes problem+json. */
public final class Refusal extends ErrorResponseException {

  private static final int LONGEST_SHOWN = 200;

  private Refusal(HttpStatus status, String detail, Map<String, Object> facts) {
    super(status, problem(status, detail, facts), null);
  }

  private static ProblemDetail problem(
      HttpStatus status, String detail, Map<String, Object> facts) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    facts.forEach(problem::setProperty);
    return problem;
  }

  public static Refusal unknown(String what, String id) {
    return new Refusal(
        HttpStatus.NOT_FOUND, "there is no " + what + " " + id + " here", Map.of("id", id));
  }

  public static Refusal parameter(String name, @Nullable Object value, String allowed) {
    String shown = shown(value);
    return new Refusal(
        HttpStatus.BAD_REQUEST,
        "%s should be %s: was %s".formatted(name, allowed, shown),
        Map.of("parameter", name, "value", shown, "allowed", allowed));
  }

  /**
   * @param known those that there are
   */
  static Refusal unknownParameter(String name, Collection<String> known) {
    String shown = shown(name);
    String allowed = known.isEmpty() ? "none" : String.join(", ", known);
    return new Refusal(
        HttpStatus.BAD_REQUEST,
        "there is no parameter %s here: this takes %s".formatted(shown, allowed),
        Map.of("parameter", shown, "allowed", allowed));
  }

  private static String shown(@Nullable Object value) {
    String said = value == null ? "nothing" : String.valueOf(value);
    String given = said.isBlank() ? "empty" : said;
    return given.length() <= LONGEST_SHOWN ? given : given.substring(0, LONGEST_SHOWN) + "…";
  }

  public static Refusal of(HoldFault fault) {
    return parameter(fault.place(), fault.value(), fault.allowed());
  }

  public static Refusal conflict(String detail) {
    return new Refusal(HttpStatus.CONFLICT, detail, Map.of());
  }

  public static Refusal forbidden(String detail) {
    return new Refusal(HttpStatus.FORBIDDEN, detail, Map.of());
  }

  public static Refusal tooSoon(String detail, int retryAfterSeconds) {
    Refusal refusal = new Refusal(HttpStatus.TOO_MANY_REQUESTS, detail, Map.of());
    refusal.getHeaders().set(HttpHeaders.RETRY_AFTER, String.valueOf(retryAfterSeconds));
    return refusal;
  }

  public static Refusal unavailable(String detail, int retryAfterSeconds) {
    Refusal refusal = new Refusal(HttpStatus.SERVICE_UNAVAILABLE, detail, Map.of());
    refusal.getHeaders().set(HttpHeaders.RETRY_AFTER, String.valueOf(retryAfterSeconds));
    return refusal;
  }
}
