// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.auth;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a sender shows of itself: the headers and the query of its request. */
public interface Presented {

  /** All values of a header, in order; empty when it is absent. */
  List<String> header(String name);

  @Nullable String query();
}
