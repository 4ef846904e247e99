// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.view;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** A list that is put together for each answer, since it is short; its pages are those of any. */
public final class ShortList<S> {

  private final Table table;
  private final Function<S, Instant> at;
  private final Function<S, String> id;

  /**
   * @param at what it is sorted by, the latest first
   */
  public ShortList(String name, Function<S, Instant> at, Function<S, String> id) {
    this.table = new Table(Family.FOR_GOOD, name);
    this.at = at;
    this.id = id;
  }

  private record Placed<S>(byte[] place, S one) {}

  public Page<S> page(Stream<S> all, PageRequest request) {
    byte[] after = Cursor.place(table, request.cursor());
    List<Placed<S>> rest =
        all.map(one -> new Placed<>(place(one), one))
            .filter(p -> after == null || Arrays.compareUnsigned(p.place(), after) > 0)
            .sorted((a, b) -> Arrays.compareUnsigned(a.place(), b.place()))
            .limit(request.limit() + 1L)
            .toList();
    List<Placed<S>> shown = rest.subList(0, Math.min(rest.size(), request.limit()));
    return new Page<>(
        shown.stream().map(Placed::one).toList(),
        rest.size() > shown.size() ? Cursor.of(table, shown.getLast().place()) : null);
  }

  private byte[] place(S one) {
    return table.key(new Key.Latest(at.apply(one)), id.apply(one)).behind(table.key());
  }
}
