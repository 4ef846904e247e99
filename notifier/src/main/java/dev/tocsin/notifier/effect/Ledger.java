// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.effect;

import dev.tocsin.schemas.effect.Effect;
import org.jspecify.annotations.Nullable;

/** The topic of effects, as far as it has been read. It outlives the state of the lanes. */
@FunctionalInterface
public interface Ledger {

  /** How far an effect is; null when nobody ever planned it. */
  @Nullable Effect find(String id);
}
