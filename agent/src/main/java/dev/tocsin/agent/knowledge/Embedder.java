// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.knowledge;

/** Turns a text into a direction: texts that mean alike point alike. */
@FunctionalInterface
public interface Embedder {

  /** A vector of length 1. */
  float[] embed(String text);
}
