// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.webhook;

import dev.tocsin.schemas.setting.Setting;
import org.jspecify.annotations.Nullable;

/** Who is told, as it is now. */
public interface Subscribers {

  /** Null when it was never there, or was taken back. */
  Setting.@Nullable Subscription find(String subscriptionId);

  /** Why it is told nothing for now; null when it is told. */
  Setting.@Nullable Disabled disabled(String subscriptionId);
}
