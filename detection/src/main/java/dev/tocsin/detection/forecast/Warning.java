// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.forecast;

/** What a day's outlook means for people, after what the day before said. */
public enum Warning {
  NONE,
  /** Likely within two weeks, for the first time: told when it is so the next day, too. */
  LIKELY,
  /** Likely within two weeks, twice running. */
  EXPECTED,
  /** Nearly sure within three days. */
  IMMINENT;

  private static final double LIKELY_FROM = 0.5;
  private static final double IMMINENT_FROM = 0.8;

  public Warning after(Outlook outlook) {
    return switch (outlook) {
      case Outlook.Learning _ -> NONE;
      case Outlook.Foreseen f when f.within3() >= IMMINENT_FROM -> IMMINENT;
      case Outlook.Foreseen f when f.within14() >= LIKELY_FROM -> this == NONE ? LIKELY : EXPECTED;
      case Outlook.Foreseen _ -> NONE;
    };
  }

  /** Whether somebody is to be told. */
  public boolean isTold() {
    return this == EXPECTED || this == IMMINENT;
  }
}
