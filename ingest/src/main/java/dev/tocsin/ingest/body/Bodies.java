// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.body;

/** Reads bodies of one kind within its limits. */
public interface Bodies {

  /** As many bytes as a body, inflated, may take in memory. */
  long weight(Incoming body);

  /** The bytes as they came: those are what a signature is over. */
  byte[] read(Incoming body);
}
