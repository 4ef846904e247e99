// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tocsin.console.problem.Refusal;
import dev.tocsin.schemas.delivery.Delivery;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgainTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  /** To {@code jira/default}, given up at noon: "answered 400 Nope". */
  private static final DeliverySummary DEAD =
      new DeliverySummary(
          "dlv_1",
          Delivery.Status.DEAD,
          "jira",
          "jira/default",
          "ticket",
          null,
          "inc_1",
          NOON.minusSeconds(3600),
          NOON,
          9,
          null,
          null,
          "answered 400 Nope");

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // channel, endpoint, cause, since, until -> whether it is meant
        "jira, -,            -,            -,                    -,                    true",
        "jir,  -,            -,            -,                    -,                    false",
        "-,    jira/default, -,            -,                    -,                    true",
        "-,    jira,         -,            -,                    -,                    false",
        "-,    -,            ANSWERED 400, -,                    -,                    true",
        "-,    -,            answered 500, -,                    -,                    false",
        "-,    -,            -,            2026-11-22T12:00:00Z, -,                    true",
        "-,    -,            -,            2026-11-22T12:00:01Z, -,                    false",
        "-,    -,            -,            -,                    2026-11-22T12:00:00Z, false",
        "-,    -,            -,            -,                    2026-11-22T12:00:01Z, true",
        "jira, jira/default, nope,         2026-11-22T11:00:00Z, 2026-11-22T13:00:00Z, true",
        "jira, jira/other,   nope,         2026-11-22T11:00:00Z, 2026-11-22T13:00:00Z, false"
      })
  void delivery_isMeantWhereAllThatIsSaidFits(
      String channel, String endpoint, String cause, Instant since, Instant until, boolean meant) {
    Again wanted = new Again(channel, endpoint, cause, since, until, null, null);

    assertThatCode(wanted::check).doesNotThrowAnyException();
    assertThat(wanted.test(DEAD)).isEqualTo(meant);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"-", "''", "' '"})
  void queryThatSaysNothing_isRefused_sinceItWouldMeanAllOfThem(String cause) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> new Again(null, null, cause, null, null, true, null).check())
        .satisfies(e -> assertThat(e.getBody().getDetail()).contains("at least one of channel"));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // limit, dry run -> how many of 1,500
        "-, -, 1000",
        "-, false, 1000",
        "7, -, 7",
        "1000, -, 1000",
        "7, true, 0",
        "-, true, 0"
      })
  void share_isBounded_andNoneInADryRun(Integer limit, Boolean dryRun, int expected) {
    Again wanted = new Again("jira", null, null, null, null, dryRun, limit);
    wanted.check();

    assertThat(wanted.share(Collections.nCopies(1_500, DEAD))).hasSize(expected);
  }

  @Test
  void timeThatEndsBeforeItBegins_isRefused_sinceNothingIsInIt() {
    Instant then = Instant.parse("2026-11-22T10:00:00Z");
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> new Again("jira", null, null, then, then, null, null).check())
        .satisfies(e -> assertThat(e.getBody().getDetail()).contains("later than since"));
  }

  @Test
  void limitOutOfBounds_isRefused() {
    for (int limit : new int[] {-1, 0, 1_001}) {
      assertThatExceptionOfType(Refusal.class)
          .isThrownBy(() -> new Again("jira", null, null, null, null, null, limit).check());
    }
  }

  @Test
  void answer_countsWhatIsLeft_andNamesTheFirst() {
    List<DeliverySummary> matching = Collections.nCopies(50, DEAD);

    Again.Answer answer = Again.Answer.of(matching, matching.subList(0, 30));

    assertThat(answer.matched()).isEqualTo(50);
    assertThat(answer.left()).isEqualTo(20);
    assertThat(answer.first()).hasSize(20);
  }
}
