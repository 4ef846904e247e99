// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.console.problem.Refusal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewStoreTest {

  private static final Table NOTES = new Table(Family.DAYS_90, "note");
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir Path directory;

  @Test
  void rows_surviveClosing() {
    try (ViewStore store = new ViewStore(directory)) {
      Changes changes = new Changes(store);
      changes.put(NOTES.key("a"), "one");
      Counters.add(changes, "seen", "x", 2);
      store.write(changes);
    }
    try (ViewStore store = new ViewStore(directory)) {
      assertThat(store.find(NOTES.key("a"), String.class)).contains("one");
      assertThat(Counters.of(store).sum("seen")).isEqualTo(2);
      store.clear();
      assertThat(store.find(NOTES.key("a"), String.class)).isEmpty();
      assertThat(Counters.of(store).counts()).isEmpty();
    }
  }

  @Test
  void changes_seeThemselvesAndAreDroppedWhole() {
    try (ViewStore store = new ViewStore(directory)) {
      Changes batch = new Changes(store);
      batch.put(NOTES.key("a"), "one");
      Changes dropped = batch.onTop();
      dropped.delete(NOTES.key("a"));
      dropped.put(NOTES.key("b"), "two");
      assertThat(dropped.contains(NOTES.key("a"))).isFalse();
      assertThat(batch.contains(NOTES.key("a"))).isTrue();
      store.write(batch);
      assertThat(store.find(NOTES.key("a"), String.class)).contains("one");
      assertThat(store.find(NOTES.key("b"), String.class)).isEmpty();
    }
  }

  @Test
  void scan_keepsToItsPrefixAndItsOrder() {
    try (ViewStore store = new ViewStore(directory)) {
      Changes changes = new Changes(store);
      changes.put(NOTES.key("inc_1", NOON.plusSeconds(2), "c"), "later");
      changes.put(NOTES.key("inc_1", NOON, "b"), "first");
      changes.put(NOTES.key("inc_1", Instant.EPOCH.minusSeconds(5), "a"), "before all time");
      changes.put(NOTES.key("inc_10", NOON, "b"), "another incident's");
      changes.put(new Table(Family.DAYS_90, "note2").key("inc_1"), "another table's");
      store.write(changes);
      assertThat(store.first(NOTES.key("inc_1"), 10, String.class))
          .containsExactly("before all time", "first", "later");
      assertThat(store.first(NOTES.key("inc_1"), 2, String.class)).hasSize(2);
    }
  }

  @Test
  void textWithZeroBytes_cannotReachIntoAnotherRow() {
    Key odd = NOTES.key("a\0b");
    assertThat(new String(odd.bytes(), StandardCharsets.UTF_8)).isEqualTo("note\0a\uFFFDb\0");
    assertThat(odd).isNotEqualTo(NOTES.key("a", "b"));
  }

  @Test
  void pages_joinToTheWholeList() {
    Listing<String> listing = new Listing<>(Family.DAYS_90, "list", String.class);
    try (ViewStore store = new ViewStore(directory)) {
      Changes changes = new Changes(store);
      for (int i = 0; i < 25; i++) {
        listing.put(
            changes, List.of(i % 2 == 0 ? "even" : "odd"), NOON.plusSeconds(i), "n" + i, "n" + i);
      }
      listing.remove(changes, List.of("even"), NOON.plusSeconds(4), "n4");
      store.write(changes);
      List<String> even = new ArrayList<>();
      String cursor = null;
      do {
        Page<String> page = listing.page(store, "even", PageRequest.of(cursor, 5), _ -> true);
        even.addAll(page.items());
        cursor = page.next();
      } while (cursor != null);
      assertThat(even)
          .containsExactly(
              "n24", "n22", "n20", "n18", "n16", "n14", "n12", "n10", "n8", "n6", "n2", "n0");
      assertThat(listing.page(store, Listing.ALL, PageRequest.of(null, 200), _ -> true).items())
          .hasSize(24);
      assertThat(
              listing.page(store, "odd", PageRequest.of(null, 200), n -> n.endsWith("1")).items())
          .containsExactly("n21", "n11", "n1");
    }
  }

  @Test
  void limit_isCheckedWithWords() {
    assertThatThrownBy(() -> PageRequest.of(null, 0))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("limit should be a number from 1 to 200: was 0");
  }
}
