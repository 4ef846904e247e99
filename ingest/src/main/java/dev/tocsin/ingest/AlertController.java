// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import static dev.tocsin.ingest.refusal.RefusalReason.UNKNOWN_SOURCE;

import dev.tocsin.ingest.refusal.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where sources post. */
@RestController
final class AlertController {

  private static final String PATH = "/v1/alerts/";

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
}
