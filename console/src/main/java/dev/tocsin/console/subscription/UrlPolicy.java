// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.subscription;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Which addresses a subscription may name. The notifier has the last word when it connects. */
@FunctionalInterface
public interface UrlPolicy {

  /** Why not, to follow "url should be an address we send to:"; null when it may. */
  @Nullable String objection(URI url);
}
