// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.guard;

import java.time.Duration;
import java.time.Instant;

/** What is left of one investigation's means. Only its own thread asks. */
public final class Budget {

  /** A rule of thumb for prompts whose tokens nobody has counted yet. */
  private static final int LETTERS_A_TOKEN = 4;

  private final Instant end;
  private final long tokens;
  private int modelCalls;
  private int toolCalls;
  private long used;

  public Budget(BudgetSettings settings, Instant end) {
    this.end = end;
    this.tokens = settings.tokens();
    this.modelCalls = settings.modelCalls();
    this.toolCalls = settings.toolCalls();
  }

  /** Takes one question to the model out of it. */
  public void takeModelCall(long promptLetters, Instant now) throws Exhausted {
    if (!now.isBefore(end)) {
      throw new Exhausted("time");
    }
    if (modelCalls == 0) {
      throw new Exhausted("model calls");
    }
    if (used + promptLetters / LETTERS_A_TOKEN > tokens) {
      throw new Exhausted("tokens");
    }
    modelCalls--;
  }

  /** Takes one call of a tool out of it, if there is one left. */
  public boolean takeToolCall() {
    return toolCalls > 0 && toolCalls-- > 0;
  }

  /** Whether this is no time for tools any more: the next answer has to be the last. */
  public boolean isLastWord() {
    return modelCalls <= 2 || toolCalls == 0;
  }

  /** Counts what a call used; its letters stand in where the model does not say. */
  public void spend(long counted, long letters) {
    used += counted > 0 ? counted : letters / LETTERS_A_TOKEN;
  }

  public long used() {
    return used;
  }

  public Duration left(Instant now) {
    Duration left = Duration.between(now, end);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** An investigation has used up its means. */
  public static final class Exhausted extends Exception {

    Exhausted(String what) {
      super("the budget of " + what + " was used up");
    }
  }
}
