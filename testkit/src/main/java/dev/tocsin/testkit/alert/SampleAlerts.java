// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.alert;

import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertKind;
import dev.tocsin.schemas.alert.Severity;
import java.time.Instant;

/** Alerts that tests speak of by name. */
public final class SampleAlerts {

  /** When the first of them starts; all other times are counted from here. */
  public static final Instant START = Instant.parse("2026-03-02T10:00:00Z");

  /** The API of the shop does not answer: critical. */
  public static final Alert API_DOWN =
      AlertBuilder.named("ApiDown")
          .label("service", "checkout-api")
          .label("namespace", "shop")
          .label("cluster", "eu-1")
          .severity(Severity.CRITICAL)
          .summary("checkout-api does not answer")
          .value("B", 0)
          .firing(START);

  /** The same episode, over after ten minutes. */
  public static final Alert API_UP =
      AlertBuilder.like(API_DOWN).resolved(START, START.plusSeconds(600));

  /** The same condition again, twenty minutes after it first began: another episode. */
  public static final Alert API_DOWN_AGAIN =
      AlertBuilder.like(API_DOWN).firing(START.plusSeconds(1200));

  /** Another condition of the same service, so of the same group: a warning. */
  public static final Alert API_SLOW =
      AlertBuilder.named("ApiSlow")
          .label("service", "checkout-api")
          .label("namespace", "shop")
          .label("cluster", "eu-1")
          .severity(Severity.WARNING)
          .summary("checkout-api answers in 2.4 s")
          .value("B", 2.4)
          .firing(START.plusSeconds(30));

  public static final Alert API_FAST =
      AlertBuilder.like(API_SLOW).resolved(START.plusSeconds(30), START.plusSeconds(540));

  /** A condition of another service, so of another group: an error. */
  public static final Alert DISK_FULL =
      AlertBuilder.named("DiskFull")
          .label("service", "orders-db")
          .label("namespace", "shop")
          .label("cluster", "eu-1")
          .severity(Severity.ERROR)
          .summary("the disk of orders-db is full in 2 h")
          .value("B", 97.2)
          .firing(START.plusSeconds(60));

  public static final Alert DISK_FREE =
      AlertBuilder.like(DISK_FULL).resolved(START.plusSeconds(60), START.plusSeconds(660));

  /** Resolved because somebody edited the rule: no recovery. */
  public static final Alert API_RULE_UPDATED =
      AlertBuilder.like(API_DOWN).stateReason("Updated").resolved(START, START.plusSeconds(120));

  /** Grafana got no data for a rule of the API. */
  public static final Alert API_NO_DATA =
      AlertBuilder.named("DatasourceNoData")
          .label("rulename", "ApiDown")
          .label("service", "checkout-api")
          .label("namespace", "shop")
          .label("cluster", "eu-1")
          .kind(AlertKind.NO_DATA)
          .severity(Severity.ERROR)
          .firing(START.plusSeconds(90));

  /** Somebody pressed Grafana's test button. */
  public static final Alert TEST_ALERT =
      AlertBuilder.named("TestAlert")
          .label("instance", "Grafana")
          .kind(AlertKind.TEST)
          .severity(Severity.ERROR)
          .firing(START);

  private SampleAlerts() {}
}
