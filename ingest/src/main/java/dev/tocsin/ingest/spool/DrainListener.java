// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.spool;

/** Hears of what left the spool. */
@FunctionalInterface
public interface DrainListener {

  /** Kafka has these messages of a source. */
  void drained(String source, int messages);
}
