// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tocsin.console.problem.Refusal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListingTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Predicate<Thing> ALL = _ -> true;

  private record Thing(int number) {}

  @TempDir private Path directory;

  private final Listing<Thing> things = new Listing<>(Family.FOR_GOOD, "things", Thing.class);
  private ViewStore store;

  @BeforeEach
  void open() {
    store = new ViewStore(directory);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @ParameterizedTest
  @CsvSource({
    // things, limit, sizes of pages
    "0, 3, 0",
    "1, 3, 1",
    "3, 3, 3",
    "4, 3, 3 1",
    "6, 3, 3 3",
    "7, 3, 3 3 1",
    "3, 1, 1 1 1"
  })
  void pages_holdAllOnce_theLatestFirst_andTheLastSaysSo(int count, int limit, String sizes) {
    put(count);

    List<Page<Thing>> pages = pages(limit, ALL);

    assertThat(pages.stream().map(page -> String.valueOf(page.items().size())))
        .containsExactly(sizes.split(" "));
    assertThat(pages.stream().flatMap(page -> page.items().stream()).map(Thing::number))
        .containsExactlyElementsOf(
            IntStream.range(0, count).map(i -> count - 1 - i).boxed().toList());
  }

  @Test
  void filter_isOfTheItems_notOfThePages() {
    put(20);

    List<Page<Thing>> pages = pages(3, thing -> thing.number() % 5 == 0);

    assertThat(pages.stream().flatMap(page -> page.items().stream()).map(Thing::number))
        .containsExactly(15, 10, 5, 0);
    assertThat(pages.getFirst().items()).hasSize(3);
  }

  @Test
  void searchForTheRare_endsAPageEarly_butNotTheList() {
    put(6_000);

    List<Page<Thing>> pages = pages(10, thing -> thing.number() == 3);

    assertThat(pages).hasSize(2);
    assertThat(pages.getFirst().items()).isEmpty();
    assertThat(pages.getFirst().next()).isNotNull();
    assertThat(pages.getLast().items()).containsExactly(new Thing(3));
  }

  @Test
  void whatComesNewWhileOneReads_isInNoLaterPage_andPushesNothingOut() {
    put(4);
    Page<Thing> first = page(null, 2, ALL);
    Changes changes = new Changes(store);
    things.put(changes, List.of(), NOON.plusSeconds(99), "new", new Thing(99));
    store.write(changes);

    assertThat(page(first.next(), 2, ALL).items()).containsExactly(new Thing(1), new Thing(0));
  }

  @Test
  void thingsOfOneInstant_areAllShown() {
    Changes changes = new Changes(store);
    for (int i = 0; i < 5; i++) {
      things.put(changes, List.of(), NOON, "id-" + i, new Thing(i));
    }
    store.write(changes);

    assertThat(pages(2, ALL).stream().flatMap(page -> page.items().stream())).hasSize(5);
  }

  @Test
  void drawer_holdsItsOwn_andTheOneWithALongerNameDoesToo() {
    Changes changes = new Changes(store);
    things.put(changes, List.of("a"), NOON, "1", new Thing(1));
    things.put(changes, List.of("ab"), NOON, "2", new Thing(2));
    store.write(changes);

    assertThat(things.page(store, "a", PageRequest.of(null, 10), ALL).items())
        .containsExactly(new Thing(1));
    assertThat(things.page(store, "ab", PageRequest.of(null, 10), ALL).items())
        .containsExactly(new Thing(2));
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 201, Integer.MAX_VALUE})
  void limitBeyondItsRange_isRefused(int limit) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> PageRequest.of(null, limit))
        .withMessageContaining("limit should be a number from 1 to 200: was " + limit);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"AA", "AAAAAAAAAAAA", "____", "_____________w", "A", "\u00e4", "a b", "+/=="})
  void cursorThatIsMadeUp_isRefused(String cursor) {
    put(3);

    assertRefused(cursor, things);
  }

  @Test
  void cursorOfAnotherList_isRefused() {
    put(3);
    Listing<Thing> others = new Listing<>(Family.FOR_GOOD, "others", Thing.class);

    assertRefused(page(null, 2, ALL).next(), others);
  }

  private void assertRefused(String cursor, Listing<Thing> list) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> list.page(store, Listing.ALL, PageRequest.of(cursor, 2), ALL))
        .withMessageContaining(
            "cursor should be what \"next\" held in an earlier answer of this list: was " + cursor);
  }

  private void put(int count) {
    Changes changes = new Changes(store);
    for (int i = 0; i < count; i++) {
      things.put(changes, List.of(), NOON.plusSeconds(i), "id-" + i, new Thing(i));
    }
    store.write(changes);
  }

  private List<Page<Thing>> pages(int limit, Predicate<Thing> wanted) {
    List<Page<Thing>> pages = new ArrayList<>();
    String cursor = null;
    do {
      Page<Thing> page = page(cursor, limit, wanted);
      pages.add(page);
      cursor = page.next();
    } while (cursor != null && pages.size() < 100);
    return pages;
  }

  private Page<Thing> page(String cursor, int limit, Predicate<Thing> wanted) {
    return things.page(store, Listing.ALL, PageRequest.of(cursor, limit), wanted);
  }
}
