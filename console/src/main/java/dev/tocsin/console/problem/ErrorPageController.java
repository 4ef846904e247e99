// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.problem;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the server itself refuses, before the API sees it, as problem+json too. */
@Hidden
@RestController
public final class ErrorPageController implements ErrorController {

  @RequestMapping("/error")
  ResponseEntity<ProblemDetail> error(HttpServletRequest request) {
    HttpStatusCode status =
        request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
            ? HttpStatusCode.valueOf(code)
            : HttpStatus.NOT_FOUND;
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail(status));
    if (request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String asked) {
      problem.setInstance(instance(asked));
    }
    return ResponseEntity.status(status)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem);
  }

  private static String detail(HttpStatusCode status) {
    return switch (status.value()) {
      case 400 -> "this request is not as HTTP has it, or ended early";
      case 404 -> "there is nothing at this address";
      case 405 -> "this method is not taken here; the header Allow has those that are";
      default ->
          status.is5xxServerError()
              ? "this failed here; the log says why"
              : "the server does not take this request";
    };
  }

  /** What was asked for; a path that is none stays unsaid. */
  private static @Nullable URI instance(String asked) {
    try {
      return new URI(asked);
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
