// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.slack;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Conversations, and their messages in the order they were written. */
final class Workspace {

  private final Map<String, Conversation> conversations = new LinkedHashMap<>();
  private final Map<String, SlackMessage> messages = new LinkedHashMap<>();

  /** Deleted messages that are still the head of their thread. */
  private final Set<String> tombstones = new HashSet<>();

  private long last;

  void add(Conversation conversation) {
    conversations.put(conversation.id(), conversation);
  }

  void change(String id, UnaryOperator<Conversation> change) {
    if (conversations.computeIfPresent(id, (_, c) -> change.apply(c)) == null) {
      throw new IllegalArgumentException("no channel " + id + " among " + conversations.keySet());
    }
  }

  Conversation withId(String id) {
    Conversation found = conversations.get(id);
    if (found == null) {
      throw Refusal.of("channel_not_found");
    }
    return found;
  }

  Conversation withIdOrName(String given) {
    return conversations.values().stream()
        .filter(conversation -> conversation.isNamed(given))
        .findFirst()
        .orElseGet(() -> withId(given));
  }

  /** Later than all that were given, also when the clock stands still. */
  String nextTs(Instant now) {
    last = Math.max(last + 1, Ts.micros(now));
    return Ts.of(last);
  }

  void keep(SlackMessage message) {
    messages.put(message.ts(), message);
  }

  /** What is deleted stays as a tombstone while it has replies. */
  void delete(SlackMessage message) {
    if (replies(message.ts()).isEmpty()) {
      messages.remove(message.ts());
    } else {
      tombstones.add(message.ts());
    }
  }

  List<SlackMessage> messages() {
    return messages.values().stream().filter(message -> !isTombstone(message)).toList();
  }

  Optional<SlackMessage> message(String channel, String ts) {
    return timeline(channel)
        .filter(message -> message.ts().equals(ts) && !isTombstone(message))
        .findFirst();
  }

  /** Tombstones included. */
  Stream<SlackMessage> timeline(String channel) {
    return messages.values().stream().filter(message -> message.channel().equals(channel));
  }

  List<SlackMessage> replies(String ts) {
    return messages.values().stream().filter(message -> ts.equals(message.threadTs())).toList();
  }

  boolean isTombstone(SlackMessage message) {
    return tombstones.contains(message.ts());
  }

  /** Whether a message of that channel can be replied to. */
  boolean isThread(String channel, String ts) {
    return timeline(channel).anyMatch(message -> message.ts().equals(ts) && !message.isReply());
  }
}
