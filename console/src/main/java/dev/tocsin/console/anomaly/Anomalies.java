// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.anomaly;

import dev.tocsin.console.view.Changes;
import dev.tocsin.console.view.Family;
import dev.tocsin.console.view.Fold;
import dev.tocsin.console.view.Key;
import dev.tocsin.console.view.Listing;
import dev.tocsin.console.view.Page;
import dev.tocsin.console.view.PageRequest;
import dev.tocsin.console.view.Rows;
import dev.tocsin.console.view.Table;
import dev.tocsin.schemas.anomaly.Anomaly;
import dev.tocsin.schemas.topic.Topics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Anomalies as the view holds them: of each episode, the latest report. */
public final class Anomalies {

  private static final Table ANOMALIES = new Table(Family.DAYS_90, "anomaly");
  private static final Listing<Anomaly> LISTING =
      new Listing<>(Family.DAYS_90, "anomaly-list", Anomaly.class);

  private final Rows rows;

  public Anomalies(Rows rows) {
    this.rows = rows;
  }

  public static List<Fold> folds() {
    return List.of(Fold.of(Topics.ANOMALIES, Anomalies::reported));
  }

  private static void reported(Anomaly anomaly, byte[] json, Changes changes) {
    Key key = ANOMALIES.key(anomaly.id());
    changes
        .find(key, Anomaly.class)
        .ifPresent(
            before -> LISTING.remove(changes, drawers(before), before.startedAt(), before.id()));
    changes.putBytes(key, json);
    LISTING.put(changes, drawers(anomaly), anomaly.startedAt(), anomaly.id(), anomaly);
  }

  private static List<String> drawers(Anomaly anomaly) {
    return List.of(anomaly.status().name());
  }

  Page<Anomaly> page(Anomaly.@Nullable Status status, PageRequest request) {
    return LISTING.page(rows, status == null ? Listing.ALL : status.name(), request, _ -> true);
  }
}
