// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.lane;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tocsin.schemas.notification.Content;
import org.jspecify.annotations.Nullable;

/**
 * The pending deliveries that go out one after the other: a list linked through the deliveries
 * themselves, of which this knows the ends.
 *
 * @param resolves the dedup key of a page that is resolved further back; null when none is
 * @param unsaid the dedup key of a page that was never sent, so that the rest about it is not
 *     either
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Order(String head, String tail, @Nullable String resolves, @Nullable String unsaid) {

  static Order of(String id) {
    return new Order(id, id, null, null);
  }

  Order append(String id) {
    return new Order(head, id, resolves, unsaid);
  }

  Order from(String head) {
    return new Order(head, tail, resolves, unsaid);
  }

  Order noting(Content content) {
    return content instanceof Content.PageResolve resolve
        ? new Order(head, tail, resolve.dedupKey(), unsaid)
        : this;
  }

  Order leavingUnsaid(String dedupKey) {
    return new Order(head, tail, resolves, dedupKey);
  }

  /** Whether it speaks of a page that nobody got. */
  boolean leavesUnsaid(Content content) {
    return unsaid != null
        && switch (content) {
          case Content.PageAcknowledge c -> unsaid.equals(c.dedupKey());
          case Content.PageNote c -> unsaid.equals(c.dedupKey());
          case Content.PageResolve c -> unsaid.equals(c.dedupKey());
          default -> false;
        };
  }
}
