// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where vendors post what people do there. */
@RestController
final class CallbackController {

  private final CallbackIntake intake;
  private final long longestHeaders;

  CallbackController(CallbackIntake intake, IngestSettings settings) {
    this.intake = intake;
    this.longestHeaders = settings.limits().headers().toBytes();
  }

  @PostMapping("/v1/callbacks/{vendor}")
  ResponseEntity<Receipt> post(@PathVariable String vendor, HttpServletRequest request) {
    Receipt receipt = intake.take(vendor, new ServletMessage(request, longestHeaders));
    return receipt == null
        ? ResponseEntity.ok().build()
        : ResponseEntity.accepted().contentType(MediaType.APPLICATION_JSON).body(receipt);
  }
}
