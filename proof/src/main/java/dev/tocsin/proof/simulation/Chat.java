// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.simulation;

import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import dev.tocsin.schemas.incident.IncidentStatus;
import dev.tocsin.schemas.notification.Content;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Slack as far as it matters here: posting is not idempotent, editing is, and what was posted is
 * seen at once.
 */
final class Chat {

  /** As the real probe does it: see {@code PostSearch}. */
  private static final Duration SURE_AFTER = Duration.ofSeconds(30);

  private final List<String> violations;
  private final Map<String, IncidentStatus> posts = new TreeMap<>();
  private final Set<String> replies = new HashSet<>();

  Chat(List<String> violations) {
    this.violations = violations;
  }

  /** What the post of a mark says; null when there is none. */
  @Nullable IncidentStatus says(String mark) {
    return posts.get(mark);
  }

  void change(Content content) {
    switch (content) {
      case Content.Post c -> {
        if (posts.put(c.mark(), c.card().status()) != null) {
          violations.add("two posts for " + c.mark());
        }
      }
      case Content.PostEdit c -> {
        if (posts.replace(c.mark(), c.card().status()) == null) {
          violations.add("an edit without its post: " + c.mark());
        }
      }
      case Content.PostReply c -> {
        if (!posts.containsKey(c.mark())) {
          violations.add("a reply without its post: " + c.mark());
        }
        if (!replies.add(c.replyMark())) {
          violations.add("the same reply twice: " + c.replyMark());
        }
      }
      default -> throw new IllegalArgumentException("no chat takes a " + content.kind());
    }
  }

  boolean isSeen(Content content) {
    return switch (content) {
      case Content.Post c -> posts.containsKey(c.mark());
      case Content.PostReply c -> replies.contains(c.replyMark());
      default -> false;
    };
  }

  Outcome probe(Attempt attempt) {
    Content content = attempt.notification().content();
    if (isSeen(content)) {
      return new Outcome.Delivered("there");
    }
    Instant since =
        Objects.requireNonNullElse(attempt.unknownSince(), attempt.notification().plannedAt());
    return !(content instanceof Content.PostEdit)
            && attempt.issuedAt().isBefore(since.plus(SURE_AFTER))
        ? new Outcome.TryAgain(Reason.NOT_FOUND, "not yet", Duration.ofSeconds(15))
        : new Outcome.Absent();
  }
}
