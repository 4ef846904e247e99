// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.forecast;

import dev.tocsin.console.view.Changes;
import dev.tocsin.console.view.Family;
import dev.tocsin.console.view.Fold;
import dev.tocsin.console.view.Key;
import dev.tocsin.console.view.Listing;
import dev.tocsin.console.view.Page;
import dev.tocsin.console.view.PageRequest;
import dev.tocsin.console.view.Rows;
import dev.tocsin.console.view.Table;
import dev.tocsin.schemas.forecast.Forecast;
import dev.tocsin.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Forecasts as the view holds them: of each series the latest, the soonest exhaustion first; none
 * of a resource that is gone.
 */
public final class Forecasts {

  private static final Table FORECASTS = new Table(Family.DAYS_90, "forecast");
  private static final Listing<Forecast> LISTING =
      new Listing<>(Family.DAYS_90, "forecast-list", Forecast.class);

  private static final double NEVER = 36_500;
  private static final double DAY_MILLIS = Duration.ofDays(1).toMillis();

  private final Rows rows;

  public Forecasts(Rows rows) {
    this.rows = rows;
  }

  public static List<Fold> folds() {
    return List.of(Fold.of(Topics.FORECASTS, Forecasts::made, Forecasts::gone));
  }

  private static void made(Forecast forecast, byte[] json, Changes changes) {
    gone(forecast.series(), changes);
    changes.putBytes(FORECASTS.key(forecast.series()), json);
    LISTING.put(changes, drawers(forecast), place(forecast), forecast.series(), forecast);
  }

  private static void gone(String series, Changes changes) {
    Key key = FORECASTS.key(series);
    changes
        .find(key, Forecast.class)
        .ifPresent(
            before -> {
              LISTING.remove(changes, drawers(before), place(before), before.series());
              changes.delete(key);
            });
  }

  private static List<String> drawers(Forecast forecast) {
    return List.of(forecast.status().name());
  }

  /** A listing has the latest first, and we want the soonest: so the day counts back. */
  private static Instant place(Forecast forecast) {
    Double day = forecast.day();
    double exhausted = forecast.at().toEpochMilli() + (day == null ? NEVER : day) * DAY_MILLIS;
    return Instant.ofEpochMilli(-Math.round(exhausted));
  }

  Page<Forecast> page(Forecast.@Nullable Status status, PageRequest request) {
    return LISTING.page(rows, status == null ? Listing.ALL : status.name(), request, _ -> true);
  }
}
