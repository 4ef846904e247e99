// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.schedule;

import dev.tocsin.proof.schedule.Fault.Misdeed;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Makes a list of faults from a seed: equal seeds make equal lists. */
public final class Dice {

  /** Half of the kills are anywhere, half just after a call. */
  private static final double AIMED = 0.5;

  private static final double HASTY = 0.1;
  private static final double FREEZES = 0.15;
  private static final double STORMS = 0.25;

  /** By how much pauses and freezes are shorter where there is little time. */
  private static final int BRISK = 4;

  private Dice() {}

  /**
   * @param roles that can be killed and frozen
   * @param stubs that can misbehave
   * @param brisk whether pauses and freezes are short; the faults are the same
   */
  public static List<Fault> roll(
      long seed, int kills, List<String> roles, List<String> stubs, boolean brisk) {
    int divisor = brisk ? BRISK : 1;
    SplittableRandom all = new SplittableRandom(seed);
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < kills; i++) {
      // A generator of its own: what one kill brings with it does not shift the others.
      SplittableRandom own = all.split();
      if (own.nextDouble() < STORMS) {
        faults.add(storm(faults.size() + 1, own, stubs, divisor));
      }
      if (own.nextDouble() < FREEZES) {
        faults.add(
            new Fault.Freeze(
                faults.size() + 1,
                pick(roles, own),
                own.nextLong(200, 3_000) / divisor,
                own.nextLong(1_000, 20_000) / divisor));
      }
      faults.add(kill(faults.size() + 1, own, roles, divisor));
    }
    return faults;
  }

  private static Fault kill(int id, SplittableRandom own, List<String> roles, int divisor) {
    String role = pick(roles, own);
    long after = own.nextLong(200, 4_000) / divisor;
    @Nullable Long aimed = own.nextDouble() < AIMED ? own.nextLong(0, 300) : null;
    return new Fault.Kill(id, role, after, aimed, own.nextDouble() < HASTY);
  }

  private static Fault storm(int id, SplittableRandom own, List<String> stubs, int divisor) {
    Misdeed[] misdeeds = Misdeed.values();
    String stub = pick(stubs, own);
    // A webhook is tried again after 5 s and then after 5 minutes: a storm ends before the first.
    return new Fault.Storm(
        id,
        stub,
        misdeeds[own.nextInt(misdeeds.length)],
        own.nextLong(200, 2_000) / divisor,
        own.nextLong(1_000, stub.startsWith("receiver") ? 3_800 : 12_000));
  }

  private static String pick(List<String> names, SplittableRandom own) {
    return names.get(own.nextInt(names.size()));
  }
}
