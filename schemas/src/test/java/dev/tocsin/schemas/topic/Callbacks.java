// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.topic;

import dev.tocsin.schemas.callback.Callback;
import dev.tocsin.schemas.callback.Change;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One callback for each kind of change, the last with as little as allowed. */
final class Callbacks {

  private Callbacks() {}

  static List<Callback> all() {
    List<Callback> all =
        Stream.of(
                new Change.Acknowledged(),
                new Change.Resolved("Done"),
                new Change.Merged("Checkout is down"),
                new Change.Reopened(),
                new Change.Moved("In Progress"),
                new Change.Assigned("ben"),
                new Change.Noted("n1", "looking"))
            .map(change -> of("tocsin-inc_a", change))
            .toList();
    return Stream.concat(all.stream(), Stream.of(of(null, new Change.Assigned("")))).toList();
  }

  private static Callback of(@Nullable String mark, Change change) {
    return new Callback(
        "cb_a", "jira", "OPS-1", mark, change, "ada", Specimens.AT, Specimens.LATER);
  }
}
