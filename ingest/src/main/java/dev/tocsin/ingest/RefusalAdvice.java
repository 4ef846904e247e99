// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import static dev.tocsin.ingest.refusal.RefusalReason.TOO_SLOW;
import static dev.tocsin.ingest.refusal.RefusalReason.UNAUTHENTICATED;

import dev.tocsin.ingest.refusal.Refusal;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** A refusal as its sender sees it: a problem in words, ours before Spring's. */
@Order(Ordered.HIGHEST_PRECEDENCE)
@RestControllerAdvice
final class RefusalAdvice {

  private static final String COME_AGAIN_SECONDS = "5";

  @ExceptionHandler
  ResponseEntity<ProblemDetail> refuse(Refusal refusal) {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(
            HttpStatusCode.valueOf(refusal.reason().status()), refusal.detail());
    problem.setProperty("reason", refusal.reason().label());
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.status(refusal.reason().status())
            .contentType(MediaType.APPLICATION_PROBLEM_JSON);
    if (refusal.reason().status() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
      answer.header(HttpHeaders.RETRY_AFTER, COME_AGAIN_SECONDS);
    } else if (refusal.reason() == UNAUTHENTICATED) {
      answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"tocsin\"");
    } else if (refusal.reason() == TOO_SLOW) {
      answer.header(HttpHeaders.CONNECTION, "close");
    }
    return answer.body(problem);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> refuse(HttpRequestMethodNotSupportedException refusal) {
    String[] taken = Objects.requireNonNullElse(refusal.getSupportedMethods(), new String[0]);
    String allowed = Arrays.stream(taken).sorted().collect(Collectors.joining(", "));
    return ResponseEntity.status(HttpStatus.METHOD_NOT_ALLOWED)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .header(HttpHeaders.ALLOW, allowed)
        .body(
            ProblemDetail.forStatusAndDetail(
                HttpStatus.METHOD_NOT_ALLOWED,
                "%s is not for this path: it takes %s".formatted(refusal.getMethod(), allowed)));
  }
}
