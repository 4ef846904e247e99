// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.hold;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a silence or an inhibition rule: the place, its value, what would be right.
 */
public final class HoldFault extends RuntimeException {

  private final String place;
  private final String value;
  private final String allowed;

  HoldFault(String place, @Nullable Object value, String allowed) {
    super("%s should be %s: was %s".formatted(place, allowed, value));
    this.place = place;
    this.value = String.valueOf(value);
    this.allowed = allowed;
  }

  public String place() {
    return place;
  }

  public String value() {
    return value;
  }

  public String allowed() {
    return allowed;
  }
}
