// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.slack;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Where a message is: what Slack needs to know to change it or to answer below it.
 *
 * @param channel its id, even where it was named otherwise
 * @param ts its time in that channel, which is its name there
 */
record Posted(String channel, String ts) {

  /** Null when the answer does not say. */
  static @Nullable Posted of(JsonNode answer) {
    String channel = answer.path("channel").asString("");
    String ts = answer.path("ts").asString("");
    return channel.isEmpty() || ts.isEmpty() ? null : new Posted(channel, ts);
  }

  /** Null when it is none of ours. */
  static @Nullable Posted ofReceipt(String receipt) {
    int colon = receipt.indexOf(':');
    return colon < 1 || colon == receipt.length() - 1
        ? null
        : new Posted(receipt.substring(0, colon), receipt.substring(colon + 1));
  }

  String receipt() {
    return channel + ':' + ts;
  }
}
