// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import static dev.tocsin.ingest.refusal.RefusalReason.TOO_SLOW;
import static dev.tocsin.ingest.refusal.RefusalReason.UNAUTHENTICATED;
import static dev.tocsin.ingest.refusal.RefusalReason.UNKNOWN_SOURCE;

import dev.tocsin.ingest.refusal.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where sources post: a receipt, or a problem in words. */
@RestController
final class AlertController {

  private static final String PATH = "/v1/alerts/";
  private static final String COME_AGAIN_SECONDS = "5";

  private final AlertIntake intake;
  private final long longestHeaders;

  AlertController(AlertIntake intake, IngestSettings settings) {
    this.intake = intake;
    this.longestHeaders = settings.limits().headers().toBytes();
  }

  @PostMapping(PATH + "{source}")
  ResponseEntity<Receipt> post(@PathVariable String source, HttpServletRequest request) {
    if (!request.getRequestURI().equals(PATH + source)) {
      // Path parameters and escapes are how one path passes for another.
      throw new Refusal(UNKNOWN_SOURCE, "the path should be written plainly, " + PATH + "<source>");
    }
    return ResponseEntity.accepted()
        .contentType(MediaType.APPLICATION_JSON)
        .body(intake.take(source, new ServletMessage(request, longestHeaders)));
  }

  @PutMapping(PATH + "{source}")
  ResponseEntity<Receipt> put(@PathVariable String source, HttpServletRequest request) {
    return post(source, request);
  }

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
}
