// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tocsin.console.problem.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BulkTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"-", "''", "' '"})
  void queryThatSaysNothing_isRefused_sinceItWouldMeanAllOfThem(String cause) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> bulk(null, cause).query())
        .satisfies(e -> assertThat(e.getBody().getDetail()).contains("at least one of service"));
  }

  @Test
  void emptyCauseBesideAnotherMember_letsAllThroughThatTheOtherDoes() {
    assertThat(bulk("notifier", "").query()).isEqualTo(new Query("notifier", null, "", null, null));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"-", "''", "'  '"})
  void dropping_wantsAReason(String reason) {
    assertThatExceptionOfType(Refusal.class).isThrownBy(() -> Bulk.reason(reason));
    assertThatExceptionOfType(Refusal.class).isThrownBy(() -> Bulk.reason("x".repeat(501)));
    assertThat(Bulk.reason(" of the old sender ")).isEqualTo("of the old sender");
  }

  private static Bulk bulk(String service, String cause) {
    return new Bulk(service, null, cause, null, null, null, null, null);
  }
}
