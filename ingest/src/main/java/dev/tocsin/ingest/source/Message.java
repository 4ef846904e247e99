// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.source;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A message that is JSON: an object that may have a list of alerts, or such a list by itself.
 *
 * @param top the members of the object; none when the message is a bare list
 * @param alerts null when there is no list
 * @param unread what was in the list and is no alert, in words: {@code 3: null}
 * @param raw the whole text
 */
public record Message(
    Members top, boolean bare, @Nullable List<Element> alerts, List<String> unread, String raw) {

  /** An alert in a list: its members, and its own text as it was sent. */
  public record Element(Members members, String raw) {}

  /** The alerts; none when there is no list. */
  public List<Element> elements() {
    return alerts == null ? List.of() : alerts;
  }

  public boolean hasAlerts() {
    return !elements().isEmpty();
  }

  /** Whether an alert has one of these members. */
  public boolean anyAlertHas(String... names) {
    return elements().stream()
        .anyMatch(e -> Stream.of(names).anyMatch(name -> e.members().has(name)));
  }

  String describe() {
    String list = bare ? "an array" : alerts == null ? "an object without one" : "an object";
    return unread.isEmpty()
        ? list
        : list + " whose elements are no alerts (" + unread.getFirst() + ")";
  }
}
