// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.view;

import dev.tocsin.schemas.topic.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * Summaries of things of one kind, the latest first: all of them, and once more in each drawer they
 * belong to (a status, an incident), so that the few open ones are found among many.
 */
public final class Listing<S> {

  /** The drawer that holds all. */
  public static final String ALL = "";

  /** Rows looked at for one page. A page may be short, and still not be the last. */
  private static final int MOST_LOOKED_AT = 5_000;

  private final Table table;
  private final Class<S> type;

  public Listing(Family family, String name, Class<S> type) {
    this.table = new Table(family, name);
    this.type = type;
  }

  public void put(Changes changes, List<String> drawers, Instant at, String id, S summary) {
    byte[] json = Json.MAPPER.writeValueAsBytes(summary);
    changes.putBytes(key(ALL, at, id), json);
    drawers.forEach(drawer -> changes.putBytes(key(drawer, at, id), json));
  }

  /** Takes out what was put in under these. */
  public void remove(Changes changes, List<String> drawers, Instant at, String id) {
    changes.delete(key(ALL, at, id));
    drawers.forEach(drawer -> changes.delete(key(drawer, at, id)));
  }

  private Key key(String drawer, Instant at, String id) {
    return table.key(drawer, new Key.Latest(at), id);
  }

  public Page<S> page(Rows rows, String drawer, PageRequest request, Predicate<S> wanted) {
    List<S> items = new ArrayList<>();
    Place place = new Place();
    rows.scan(
        table.key(drawer),
        Cursor.place(table, request.cursor()),
        (suffix, value) -> {
          if (items.size() == request.limit() || place.lookedAt == MOST_LOOKED_AT) {
            place.more = true;
            return false;
          }
          place.lookedAt++;
          place.last = suffix;
          S summary = Json.MAPPER.readValue(value, type);
          if (wanted.test(summary)) {
            items.add(summary);
          }
          return true;
        });
    return new Page<>(items, place.more ? Cursor.of(table, place.last) : null);
  }

  /** Those of a drawer that were put in at these times or between them, the latest first. */
  public List<S> between(Rows rows, String drawer, Instant from, Instant to, int most) {
    Key all = table.key(drawer);
    byte[] end = table.key(drawer, new Key.Latest(from.minusMillis(1))).behind(all);
    List<S> items = new ArrayList<>();
    rows.scan(
        all,
        table.key(drawer, new Key.Latest(to)).behind(all),
        (suffix, value) -> {
          if (items.size() == most || Arrays.compareUnsigned(suffix, end) >= 0) {
            return false;
          }
          items.add(Json.MAPPER.readValue(value, type));
          return true;
        });
    return items;
  }

  /** How far a scan has come. */
  private static final class Place {
    private int lookedAt;
    private boolean more;
    private byte[] last = {};
  }
}
