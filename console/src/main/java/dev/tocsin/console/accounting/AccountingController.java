// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.accounting;

import dev.tocsin.console.alert.Alerts;
import dev.tocsin.console.effect.Effects;
import dev.tocsin.console.view.Counters;
import dev.tocsin.console.view.Rows;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.InstantSource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The sum over all alerts and all effects. */
@RestController
@RequestMapping("/v1/accounting")
@Tag(name = "accounting")
public final class AccountingController {

  private static final int SOME = 1_000;

  private final Rows rows;
  private final InstantSource clock;

  public AccountingController(Rows rows, InstantSource clock) {
    this.rows = rows;
    this.clock = clock;
  }

  @GetMapping
  @Operation(summary = "Whether every accepted alert and every planned effect has come to an end")
  Accounting accounting() {
    return Accounting.of(
        Counters.of(rows),
        new Alerts(rows).unexplained(SOME),
        new Effects(rows).unexplained(SOME),
        clock.instant());
  }
}
