// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.delivery;

import dev.tocsin.console.beat.Beats;
import dev.tocsin.console.effect.Effects;
import dev.tocsin.console.view.Changes;
import dev.tocsin.console.view.Counters;
import dev.tocsin.console.view.Family;
import dev.tocsin.console.view.Fold;
import dev.tocsin.console.view.Key;
import dev.tocsin.console.view.Listing;
import dev.tocsin.console.view.Page;
import dev.tocsin.console.view.PageRequest;
import dev.tocsin.console.view.Rows;
import dev.tocsin.console.view.Table;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.topic.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Deliveries as the view holds them: of each, the latest there is to say. */
public final class Deliveries {

  /** The counter of deliveries by status. */
  public static final String COUNTED_AS = "delivery";

  private static final Table DELIVERIES = new Table(Family.DAYS_90, "delivery");
  private static final Listing<DeliverySummary> LISTING =
      new Listing<>(Family.DAYS_90, "delivery-list", DeliverySummary.class);

  private static final int AT_ONCE = 1_000;
  private static final int MOST_LOOKED_AT = 100_000;

  private final Rows rows;

  public Deliveries(Rows rows) {
    this.rows = rows;
  }

  public static List<Fold> folds() {
    return List.of(Fold.of(Topics.DELIVERIES, Deliveries::changed));
  }

  private static void changed(Delivery delivery, byte[] json, Changes changes) {
    if (Beats.isOne(delivery)) {
      Beats.moved(delivery, changes);
      return;
    }
    Effects.moved(delivery, changes);
    Key key = DELIVERIES.key(delivery.id());
    Optional<Delivery> known = changes.find(key, Delivery.class);
    known.ifPresent(
        before -> {
          LISTING.remove(changes, drawers(before), plannedAt(before), before.id());
          Counters.add(changes, COUNTED_AS, before.status().name(), -1);
        });
    if (known.isEmpty() && isForSubscriber(delivery)) {
      Course.planned(changes, delivery);
    }
    changes.putBytes(key, json);
    LISTING.put(
        changes,
        drawers(delivery),
        plannedAt(delivery),
        delivery.id(),
        DeliverySummary.of(delivery));
    Counters.add(changes, COUNTED_AS, delivery.status().name(), 1);
  }

  private static Instant plannedAt(Delivery delivery) {
    return delivery.notification().plannedAt();
  }

  private static boolean isForSubscriber(Delivery delivery) {
    return delivery.notification().content() instanceof Content.Event;
  }

  private static List<String> drawers(Delivery delivery) {
    String status = delivery.status().name();
    String incident = drawer(delivery.notification().incidentId());
    return isForSubscriber(delivery)
        ? List.of(status, incident, ofEndpoint(delivery.notification().endpoint()))
        : List.of(status, incident);
  }

  private static String ofEndpoint(String endpoint) {
    return "endpoint/" + endpoint;
  }

  private static String drawer(String incidentId) {
    return "incident/" + incidentId;
  }

  public Optional<Delivery> find(String id) {
    return rows.find(DELIVERIES.key(id), Delivery.class);
  }

  Page<DeliverySummary> page(
      Delivery.@Nullable Status status,
      @Nullable String incidentId,
      PageRequest request,
      Predicate<DeliverySummary> wanted) {
    if (incidentId != null) {
      return LISTING.page(
          rows,
          drawer(incidentId),
          request,
          delivery -> (status == null || delivery.status() == status) && wanted.test(delivery));
    }
    return LISTING.page(rows, status == null ? Listing.ALL : status.name(), request, wanted);
  }

  /** Those given up, the first planned first. */
  List<DeliverySummary> dead(Predicate<DeliverySummary> wanted) {
    List<DeliverySummary> found = new ArrayList<>();
    String cursor = null;
    do {
      Page<DeliverySummary> page =
          page(Delivery.Status.DEAD, null, new PageRequest(cursor, AT_ONCE), wanted);
      found.addAll(page.items());
      cursor = page.next();
    } while (cursor != null && found.size() < MOST_LOOKED_AT);
    return found.reversed();
  }

  /** What was planned for a subscriber's endpoint, the latest first. */
  public Page<Delivery> ofEndpoint(
      String endpoint, Delivery.@Nullable Status status, PageRequest request) {
    Page<DeliverySummary> page =
        LISTING.page(
            rows, ofEndpoint(endpoint), request, d -> status == null || d.status() == status);
    return new Page<>(
        page.items().stream().map(d -> find(d.id())).flatMap(Optional::stream).toList(),
        page.next());
  }

  /** The course of what was planned for subscribers. */
  public Course course() {
    return new Course(rows);
  }

  /** Summaries of what was told about an incident, the latest first. */
  public List<DeliverySummary> summaries(String incidentId, int most) {
    return LISTING.page(rows, drawer(incidentId), new PageRequest(null, most), _ -> true).items();
  }

  /** What was told about an incident, the first first. */
  public List<Delivery> ofIncident(String incidentId, int most) {
    return summaries(incidentId, most).reversed().stream()
        .map(summary -> find(summary.id()))
        .flatMap(Optional::stream)
        .toList();
  }
}
