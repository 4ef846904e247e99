// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.anomaly;

import dev.tocsin.console.view.Page;
import dev.tocsin.console.view.PageRequest;
import dev.tocsin.schemas.anomaly.Anomaly;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The list of anomalies. */
@RestController
@RequestMapping("/v1/anomalies")
@Tag(name = "anomalies")
public final class AnomalyController {

  private final Anomalies anomalies;

  public AnomalyController(Anomalies anomalies) {
    this.anomalies = anomalies;
  }

  @GetMapping
  @Operation(
      summary = "What detection found on metrics and about the alerts that come, the latest first")
  Page<Anomaly> list(
      @RequestParam(required = false) Anomaly.@Nullable Status status,
      @RequestParam(required = false) Anomaly.@Nullable Kind kind,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    return anomalies.page(status, kind, PageRequest.of(cursor, limit));
  }
}
