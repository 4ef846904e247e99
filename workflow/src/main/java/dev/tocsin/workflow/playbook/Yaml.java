// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.playbook;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of a YAML file that knows its place. Scalars are text: {@code on} and {@code no} too. */
sealed interface Yaml {

  /**
   * @param literal whether it is a block whose lines are lines of the file ({@code |})
   * @param indent of a literal block's lines
   */
  record Text(String value, At at, boolean quoted, boolean literal, int indent) implements Yaml {

    /** Where in the file a place in the text is; for folded text, where the text begins. */
    At place(int line, int column) {
      if (literal) {
        return new At(at.line() + line, indent + column);
      }
      return line > 1 ? at : new At(at.line(), at.column() + (quoted ? 1 : 0) + column - 1);
    }
  }

  /** A list. */
  record Items(List<Yaml> items, At at) implements Yaml {}

  /** A map, in the order of the file. */
  record Entries(List<Entry> entries, At at) implements Yaml {

    /** The first value under the key; null when there is none. */
    @Nullable Yaml get(String key) {
      return entries.stream()
          .filter(e -> e.key().value().equals(key))
          .map(Entry::value)
          .findFirst()
          .orElse(null);
    }
  }

  /** A key and its value. */
  record Entry(Text key, Yaml value) {}

  At at();

  default boolean isEmpty() {
    return this instanceof Text text && !text.quoted() && text.value().isBlank();
  }
}
