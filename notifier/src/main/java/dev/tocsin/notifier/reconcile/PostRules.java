// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import dev.tocsin.schemas.callback.Callback;
import dev.tocsin.schemas.callback.Change;
import dev.tocsin.schemas.command.Command;
import java.time.Instant;
import java.util.List;

/**
 * What a pressed button means for an incident. A post keeps its buttons until it is edited, and a
 * screen shows them longer still: so they count only in the epoch that they were made for, and not
 * when that is over.
 */
final class PostRules {

  static final String VIA = "slack";
  private static final Wishes WISHES = new Wishes(VIA);

  private PostRules() {}

  /**
   * @param epoch that the post was made in
   */
  static List<Command> decide(Callback callback, Watched watched, int epoch, Instant now) {
    if (watched.epoch() != epoch || watched.isResolved()) {
      return List.of();
    }
    return switch (callback.change()) {
      case Change.Acknowledged _ -> WISHES.acknowledgeOnce(watched, callback.by(), now);
      case Change.Resolved _ -> WISHES.resolveOnce(watched, callback.by(), now);
      case Change.Merged _, Change.Reopened _, Change.Moved _, Change.Assigned _, Change.Noted _ ->
          List.of();
    };
  }
}
