// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.forecast;

import dev.tocsin.console.view.Page;
import dev.tocsin.console.view.PageRequest;
import dev.tocsin.schemas.forecast.Forecast;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The list of forecasts. */
@RestController
@RequestMapping("/v1/forecasts")
@Tag(name = "forecasts")
public final class ForecastController {

  private final Forecasts forecasts;

  public ForecastController(Forecasts forecasts) {
    this.forecasts = forecasts;
  }

  @GetMapping
  @Operation(summary = "When resources will be exhausted, and how sure that is, the soonest first")
  Page<Forecast> list(
      @RequestParam(required = false) Forecast.@Nullable Status status,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    return forecasts.page(status, PageRequest.of(cursor, limit));
  }
}
