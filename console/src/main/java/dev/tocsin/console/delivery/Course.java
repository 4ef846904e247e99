// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.delivery;

import dev.tocsin.console.view.Changes;
import dev.tocsin.console.view.Family;
import dev.tocsin.console.view.Key;
import dev.tocsin.console.view.Rows;
import dev.tocsin.console.view.Table;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.topic.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * In which order deliveries were planned for each endpoint. The order within one incident is the
 * lane's own: both are told in one partition. Over incidents it is that of their times.
 */
public final class Course {

  private static final Table ENTRIES = new Table(Family.DAYS_90, "delivery-course");
  private static final Table PLACES = new Table(Family.DAYS_90, "delivery-place");
  private static final Table COUNTS = new Table(Family.FOR_GOOD, "delivery-course-count");

  private final Rows rows;

  Course(Rows rows) {
    this.rows = rows;
  }

  /**
   * Where a delivery stands.
   *
   * @param n tells those of one instant apart, in the order in which they were told
   */
  private record Place(Instant at, long n) {

    Key in(String endpoint) {
      return ENTRIES.key(endpoint, at, "%012d".formatted(n));
    }
  }

  /**
   * A part of the course, the first first.
   *
   * @param more whether it goes on
   */
  public record Section(List<Delivery> deliveries, boolean more) {}

  static void planned(Changes changes, Delivery delivery) {
    String endpoint = delivery.notification().endpoint();
    Key count = COUNTS.key(endpoint);
    long n = changes.find(count, Long.class).orElse(0L);
    changes.put(count, n + 1);
    Place place = new Place(delivery.at(), n);
    changes.put(place.in(endpoint), delivery.id());
    changes.put(PLACES.key(delivery.id()), place);
  }

  /** From an instant on; an entry of exactly then is part of it. */
  public Section since(String endpoint, Instant since, int most) {
    Key all = ENTRIES.key(endpoint);
    return section(all, ENTRIES.key(endpoint, since).behind(all), most);
  }

  /** Behind a delivery; empty when it never was in the course. */
  public Optional<Section> after(String endpoint, String deliveryId, int most) {
    Key all = ENTRIES.key(endpoint);
    return rows.find(PLACES.key(deliveryId), Place.class)
        .map(place -> section(all, place.in(endpoint).behind(all), most));
  }

  private Section section(Key all, byte[] after, int most) {
    List<String> ids = new ArrayList<>();
    rows.scan(
        all,
        after,
        (_, value) -> {
          ids.add(Json.MAPPER.readValue(value, String.class));
          return ids.size() <= most;
        });
    boolean more = ids.size() > most;
    Deliveries deliveries = new Deliveries(rows);
    return new Section(
        ids.stream().limit(most).map(deliveries::find).flatMap(Optional::stream).toList(), more);
  }
}
