// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.oracle;

import dev.tocsin.proof.history.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A bug that the program might have, as a history would show it.
 *
 * @param bug what the program would have done wrong
 */
record Plant(String bug, Check caughtAs, UnaryOperator<List<Entry>> mutation) {

  List<Entry> in(List<Entry> history) {
    return mutation.apply(new ArrayList<>(history));
  }

  @Override
  public String toString() {
    return bug;
  }

  // How a history is changed.

  static <E extends Entry> E first(List<Entry> history, Class<E> kind, Predicate<E> which) {
    return history.stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .filter(which)
        .findFirst()
        .orElseThrow();
  }

  static UnaryOperator<List<Entry>> without(Function<List<Entry>, Entry> which) {
    return h -> {
      Entry gone = which.apply(h);
      return keep(h, e -> e != gone);
    };
  }

  static UnaryOperator<List<Entry>> added(Function<List<Entry>, Entry> what) {
    return h -> plus(h, what.apply(h));
  }

  static <E extends Entry> UnaryOperator<List<Entry>> replaced(
      Function<List<Entry>, E> which, UnaryOperator<E> by) {
    return h -> {
      E old = which.apply(h);
      return replace(h, old, by.apply(old));
    };
  }

  static List<Entry> replace(List<Entry> history, Entry old, Entry by) {
    return history.stream().map(e -> e == old ? by : e).collect(Collectors.toList());
  }

  static List<Entry> plus(List<Entry> history, Entry more) {
    List<Entry> all = new ArrayList<>(history);
    all.add(more);
    return all;
  }

  static List<Entry> keep(List<Entry> history, Predicate<Entry> which) {
    return history.stream().filter(which).collect(Collectors.toList());
  }
}
