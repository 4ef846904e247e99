// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.accounting;

import dev.tocsin.console.alert.Alerts;
import dev.tocsin.console.view.Counters;
import dev.tocsin.console.view.Rows;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The sum over all alerts. */
@RestController
@RequestMapping("/v1/accounting")
@Tag(name = "accounting")
public final class AccountingController {

  private static final int SOME = 1_000;

  private final Rows rows;
  private final Alerts alerts;

  public AccountingController(Rows rows, Alerts alerts) {
    this.rows = rows;
    this.alerts = alerts;
  }

  @GetMapping
  @Operation(summary = "Whether every accepted alert has come to an end")
  Accounting accounting() {
    return Accounting.of(Counters.of(rows), alerts.unexplained(SOME));
  }
}
