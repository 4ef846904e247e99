// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class InstantReaderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-29T13:30:00Z",
        "2026-11-29T13:30:59.1Z",
        "2026-11-29T13:30:00.123Z",
        "2026-11-29T13:30:00.000000001Z",
        "2026-11-29T23:59:59.999999999Z",
        "1969-12-31T23:59:59.5Z",
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "2024-02-29T00:00:00Z"
      })
  void instantAsWeWriteIt_isReadAsTheFormatterDoes(String text) {
    assertThat(InstantReader.read(text)).isEqualTo(Instant.parse(text));
    assertThat(read(text)).isEqualTo(Instant.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-29T14:30:00+01:00",
        "2026-11-29T13:30:00.0+00:00",
        "2026-11-29T13:30:00+0000",
        " 2026-11-29T13:30:00Z ",
      })
  void instantWrittenInAnotherWay_isLeftToJackson(String text) {
    assertThat(InstantReader.read(text)).isNull();
    assertThat(read(text)).isEqualTo(Instant.parse("2026-11-29T13:30:00Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-11-29T25:00:00Z",
        "2026-11-29T13:60:00Z",
        "2026-11-29T13:30:61Z",
        "2026-11-29T13:30:0xZ",
        "2026-11-29T13:30:00.-12Z",
        "2026-11-29T13:30:00,1Z",
        "2026-11-29 13:30:00Z",
        "+026-11-29T13:30:00Z",
        "2026-11-29T13:30:00.1234567890Z",
        "yesterday"
      })
  void whatIsNoInstant_isRefused(String text) {
    assertThat(InstantReader.read(text)).isNull();
    assertThatThrownBy(() -> read(text)).isInstanceOf(JacksonException.class);
  }

  private static Instant read(String text) {
    return Json.MAPPER.readValue('"' + text + '"', Instant.class);
  }
}
