// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.knowledge;

/** Something that can be found by its meaning. */
public sealed interface Item permits KnownIncident, Passage {

  String id();

  /** What its meaning is taken from. */
  String text();
}
