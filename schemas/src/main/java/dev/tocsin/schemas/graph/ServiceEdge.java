// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.graph;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That two services have to do with each other, and how it is known.
 *
 * @param from the one that depends, or is second
 * @param to the one it depends on, or that is first
 * @param directed whether it is known which of them is which
 * @param confidence 1 in a file; learned, the share of times in which they opened together, at its
 *     lower bound (95 %)
 * @param together how often incidents of both opened together, lately; null in a file
 * @param of out of how many times that the rarer one opened; null in a file
 * @param lift how many times as often as by chance; null in a file
 * @param chance how likely that is by chance, over all pairs compared; null in a file
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ServiceEdge(
    String from,
    String to,
    Source source,
    boolean directed,
    double confidence,
    @Nullable Double together,
    @Nullable Double of,
    @Nullable Double lift,
    @Nullable Double chance,
    Instant at) {

  /** How it is known. */
  public enum Source {
    FILE,
    LEARNED
  }

  public String key() {
    return source + " " + from + " -> " + to;
  }
}
