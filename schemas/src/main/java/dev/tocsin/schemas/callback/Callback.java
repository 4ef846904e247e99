// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.callback;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done at a vendor's to a page, a ticket or a post, ours or another's.
 *
 * @param id made of the vendor's own id of the event: a repeat has the same
 * @param vendor {@code pagerduty}, {@code jira} or {@code slack}
 * @param object the vendor's name of it: {@code Q1ABC}, {@code OPS-7}, {@code C0123ABCD:1795.1}
 * @param mark our name of it: the page's dedup key, the ticket's label, the post's mark; null where
 *     the vendor's message does not tell
 * @param by who did it, as the vendor names them
 * @param occurredAt by the vendor's clock: later ones of an object overrule earlier ones
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Callback(
    String id,
    String vendor,
    String object,
    @Nullable String mark,
    Change change,
    String by,
    Instant occurredAt,
    Instant receivedAt) {

  /** The key of its record: all that is told of an object comes in order. */
  public String key() {
    return vendor + '/' + object;
  }
}
