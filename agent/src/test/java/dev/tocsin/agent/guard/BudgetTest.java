// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetTest {

  private static final Instant END = Instant.parse("2026-11-22T10:01:00Z");
  private static final Instant BEFORE = END.minusMillis(1);

  @Test
  void time_isUpAtItsEnd_notBefore() throws Budget.Exhausted {
    Budget budget = budget(1_000, 8, 0);

    budget.takeModelCall(0, BEFORE);

    exhausted(budget, 0, END, "time");
    exhausted(budget, 0, END.plusSeconds(60), "time");
    assertThat(budget.left(BEFORE)).isEqualTo(Duration.ofMillis(1));
    assertThat(budget.left(END.plusSeconds(60))).isZero();
  }

  @Test
  void modelCalls_areAsManyAsWereGiven() throws Budget.Exhausted {
    Budget budget = budget(1_000, 2, 0);

    budget.takeModelCall(0, BEFORE);
    budget.takeModelCall(0, BEFORE);

    exhausted(budget, 0, BEFORE, "model calls");
  }

  @Test
  void question_isNotAsked_whenItAloneWouldUseUpTheTokens() throws Budget.Exhausted {
    Budget budget = budget(1_000, 8, 0);

    budget.takeModelCall(4_000, BEFORE);
    exhausted(budget, 4_004, BEFORE, "tokens");

    budget.spend(600, 0);
    exhausted(budget, 1_604, BEFORE, "tokens");
    budget.takeModelCall(1_600, BEFORE);
  }

  @Test
  void refusedQuestion_costsNoModelCall() throws Budget.Exhausted {
    Budget budget = budget(1_000, 1, 0);

    exhausted(budget, 100_000, BEFORE, "tokens");

    budget.takeModelCall(0, BEFORE);
  }

  @Test
  void letters_standInWhereNoTokensAreSaid() {
    Budget budget = budget(1_000, 8, 0);

    budget.spend(0, 400);
    budget.spend(-7, 400);
    budget.spend(10, 400);

    assertThat(budget.used()).isEqualTo(100 + 100 + 10);
  }

  @Test
  void toolCalls_areAsManyAsWereGiven_howeverOftenTheyAreWanted() {
    Budget budget = budget(1_000, 8, 2);

    assertThat(budget.takeToolCall()).isTrue();
    assertThat(budget.takeToolCall()).isTrue();
    assertThat(budget.takeToolCall()).isFalse();
    assertThat(budget.takeToolCall()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    // model calls, tool calls, taken, last word
    "8, 20, 0, false",
    "3, 20, 0, false",
    // a bad answer must leave one call to repair it with
    "3, 20, 1, true",
    "2, 20, 0, true",
    "8, 0, 0, true"
  })
  void lastWord_isWhenToolsWouldLeaveNoAnswer(int calls, int tools, int taken, boolean last)
      throws Budget.Exhausted {
    Budget budget = budget(1_000, calls, tools);
    for (int i = 0; i < taken; i++) {
      budget.takeModelCall(0, BEFORE);
    }

    assertThat(budget.isLastWord()).isEqualTo(last);
  }

  @ParameterizedTest
  @CsvSource({
    "PT0.999S, 60000, 8, 20, time should be between 1s and 10m: was PT0.999S",
    "PT10M1S, 60000, 8, 20, time should be between 1s and 10m: was PT10M1S",
    "PT60S, 999, 8, 20, tokens should be between 1000 and 10000000: was 999",
    "PT60S, 10000001, 8, 20, tokens should be between 1000 and 10000000: was 10000001",
    "PT60S, 60000, 0, 20, model-calls should be between 1 and 100: was 0",
    "PT60S, 60000, 101, 20, model-calls should be between 1 and 100: was 101",
    "PT60S, 60000, 8, -1, tool-calls should be between 0 and 100: was -1",
    "PT60S, 60000, 8, 101, tool-calls should be between 0 and 100: was 101"
  })
  void settingBeyondItsRange_isRefusedInWords(
      Duration time, long tokens, int modelCalls, int toolCalls, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BudgetSettings(time, tokens, modelCalls, toolCalls))
        .withMessage("tocsin.agent.budget." + message);
  }

  private static Budget budget(long tokens, int modelCalls, int toolCalls) {
    return new Budget(
        new BudgetSettings(Duration.ofSeconds(60), tokens, modelCalls, toolCalls), END);
  }

  private static void exhausted(Budget budget, long letters, Instant now, String of) {
    assertThatExceptionOfType(Budget.Exhausted.class)
        .isThrownBy(() -> budget.takeModelCall(letters, now))
        .withMessage("the budget of " + of + " was used up");
  }
}
