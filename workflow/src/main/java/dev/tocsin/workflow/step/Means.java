// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.step;

import dev.tocsin.schemas.notification.Content;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What there is to work with, as far as agent and notifier have said. What they have not said
 * counts as there: the way to a page fails open.
 *
 * @param modelAtWork whether investigations are done by a model, and so worth waiting for
 * @param refused by channel, why it does not take a kind of content
 */
public record Means(boolean modelAtWork, Map<String, Map<String, String>> refused) {

  public static final Means UNKNOWN = new Means(false, Map.of());

  /** Why an endpoint does not take such a thing; null when it does. */
  public @Nullable String refusal(String endpoint, Content content) {
    return refusal(endpoint, content.kind());
  }

  /** Whether the notifier has said what a channel can do. */
  public boolean isAnnounced(String channel) {
    return refused.containsKey(channel);
  }

  /** Whether word can follow what was opened at the endpoint. */
  public boolean takesNotes(String endpoint) {
    return refusal(endpoint, "page-note") == null;
  }

  private @Nullable String refusal(String endpoint, String kind) {
    int slash = endpoint.indexOf('/');
    String channel = slash < 0 ? endpoint : endpoint.substring(0, slash);
    return refused.getOrDefault(channel, Map.of()).get(kind);
  }
}
