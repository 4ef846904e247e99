// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.view;

/** Rows of one kind: those whose keys begin with its name. */
public record Table(Family family, String name) {

  /** One row, or with fewer parts than a row has, all rows that begin so. */
  public Key key(Object... parts) {
    return Key.of(family, name, parts);
  }
}
