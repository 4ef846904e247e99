// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.hold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.schemas.hold.SilenceRule.State;
import dev.tocsin.schemas.setting.Setting;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SilenceRuleTest {

  private static final String BERLIN = "Europe/Berlin";
  private static final List<Setting.Matcher> CHECKOUT =
      List.of(new Setting.Matcher("service", "=", "checkout"));

  @Test
  void silence_isInForceFromItsStartUpToItsEnd() {
    SilenceRule rule = SilenceRule.of(once("2026-11-28T10:00:00Z", "2026-11-28T12:00:00Z"));
    assertThat(stands(rule, "2026-11-28T09:59:59Z")).isEqualTo("PENDING");
    assertThat(stands(rule, "2026-11-28T10:00:00Z")).isEqualTo("ACTIVE until 2026-11-28T12:00:00Z");
    assertThat(stands(rule, "2026-11-28T11:59:59Z")).isEqualTo("ACTIVE until 2026-11-28T12:00:00Z");
    assertThat(stands(rule, "2026-11-28T12:00:00Z")).isEqualTo("EXPIRED");
    assertThat(stands(rule, "2026-11-28T10:00:00Z")).isEqualTo("ACTIVE until 2026-11-28T12:00:00Z");
  }

  @Test
  void silenceThatSomebodyEnded_endsThere() {
    SilenceRule rule =
        SilenceRule.of(
            expired(once("2026-11-28T10:00:00Z", "2026-11-28T12:00:00Z"), "2026-11-28T11:00:00Z"));
    assertThat(stands(rule, "2026-11-28T10:30:00Z")).isEqualTo("ACTIVE until 2026-11-28T11:00:00Z");
    assertThat(stands(rule, "2026-11-28T11:00:00Z")).isEqualTo("EXPIRED");
    SilenceRule again =
        SilenceRule.of(expired(nightly("FREQ=DAILY", BERLIN), "2026-03-01T00:00:00Z"));
    assertThat(stands(again, "2026-03-01T00:30:00Z")).isEqualTo("EXPIRED");
  }

  /** From 01:00 to 03:30 in Berlin, whose clocks turn on 29 March and 25 October 2026. */
  @ParameterizedTest
  @CsvSource({
    "FREQ=DAILY,               2026-01-10T00:30:00Z, ACTIVE until 2026-01-10T02:30:00Z",
    "FREQ=DAILY,               2026-01-10T02:30:00Z, PENDING",
    "FREQ=DAILY,               2026-01-09T23:59:59Z, PENDING",
    // Summer: an hour earlier by UTC.
    "FREQ=DAILY,               2026-07-10T00:30:00Z, ACTIVE until 2026-07-10T01:30:00Z",
    "FREQ=DAILY,               2026-07-09T23:00:00Z, ACTIVE until 2026-07-10T01:30:00Z",
    // The night without an hour, and the one with two: as long as ever by a stop-watch.
    "FREQ=DAILY,               2026-03-29T02:29:00Z, ACTIVE until 2026-03-29T02:30:00Z",
    "FREQ=DAILY,               2026-10-25T01:29:00Z, ACTIVE until 2026-10-25T01:30:00Z",
    "FREQ=DAILY,               2026-10-25T01:30:00Z, PENDING",
    "FREQ=WEEKLY;BYDAY=SU,     2026-01-11T01:00:00Z, ACTIVE until 2026-01-11T02:30:00Z",
    "FREQ=WEEKLY;BYDAY=SU,     2026-01-12T01:00:00Z, PENDING",
    "FREQ=WEEKLY;INTERVAL=2,   2026-01-15T01:00:00Z, ACTIVE until 2026-01-15T02:30:00Z",
    "FREQ=WEEKLY;INTERVAL=2,   2026-01-08T01:00:00Z, PENDING",
    "FREQ=WEEKLY;INTERVAL=2,   2030-12-19T01:00:00Z, PENDING",
    "FREQ=WEEKLY;INTERVAL=2,   2030-12-26T01:00:00Z, ACTIVE until 2030-12-26T02:30:00Z",
    "FREQ=MONTHLY;BYDAY=-1SU,  2026-05-30T23:30:00Z, ACTIVE until 2026-05-31T01:30:00Z",
    "FREQ=DAILY;COUNT=3,       2026-01-03T01:00:00Z, ACTIVE until 2026-01-03T02:30:00Z",
    "FREQ=DAILY;COUNT=3,       2026-01-04T01:00:00Z, EXPIRED",
    // Local midnight of the 10th is 23:00 UTC of the 9th.
    "FREQ=DAILY;UNTIL=20260109T235959Z, 2026-01-09T01:00:00Z, ACTIVE until 2026-01-09T02:30:00Z",
    "FREQ=DAILY;UNTIL=20260109T235959Z, 2026-01-10T01:00:00Z, EXPIRED",
    "FREQ=DAILY;UNTIL=20260110T000000Z, 2026-01-10T01:00:00Z, ACTIVE until 2026-01-10T02:30:00Z",
    "FREQ=DAILY;UNTIL=20260110,         2026-01-10T01:00:00Z, ACTIVE until 2026-01-10T02:30:00Z",
    "FREQ=DAILY;UNTIL=20260110,         2026-01-11T01:00:00Z, EXPIRED",
    "FREQ=DAILY;UNTIL=20260110T005959,  2026-01-10T01:00:00Z, EXPIRED"
  })
  void recurringSilence_goesByTheClockOfItsZone(String rule, Instant at, String stands) {
    assertThat(stands(SilenceRule.of(nightly(rule, BERLIN)), at.toString())).isEqualTo(stands);
  }

  @Test
  void startThatDaylightSavingSkips_isAnHourLater_andOneThatComesTwice_isTheFirst() {
    SilenceRule rule =
        SilenceRule.of(
            silence(
                "2026-01-01T01:30:00Z",
                "2026-01-01T01:40:00Z",
                new Setting.Recurrence("FREQ=DAILY", BERLIN)));
    // 02:30 is 03:30 summer time on 29 March, and 02:30 summer time on 25 October.
    assertThat(stands(rule, "2026-03-29T01:35:00Z")).isEqualTo("ACTIVE until 2026-03-29T01:40:00Z");
    assertThat(stands(rule, "2026-10-25T00:35:00Z")).isEqualTo("ACTIVE until 2026-10-25T00:40:00Z");
    assertThat(stands(rule, "2026-10-25T01:35:00Z")).isEqualTo("PENDING");
  }

  @Test
  void windowsThatOverlap_areOneAfterTheOther() {
    SilenceRule rule =
        SilenceRule.of(
            silence(
                "2026-01-01T00:00:00Z",
                "2026-01-02T06:00:00Z",
                new Setting.Recurrence("FREQ=DAILY", "UTC")));
    assertThat(stands(rule, "2026-06-02T03:00:00Z")).isEqualTo("ACTIVE until 2026-06-03T06:00:00Z");
    assertThat(stands(rule, "2026-06-02T07:00:00Z")).isEqualTo("ACTIVE until 2026-06-03T06:00:00Z");
  }

  @Test
  void recurringSilence_tellsItsNextTimes() {
    SilenceRule rule = SilenceRule.of(nightly("FREQ=WEEKLY;BYDAY=SU", BERLIN));
    assertThat(rule.ahead(Instant.parse("2026-03-22T01:00:00Z"), 2))
        .extracting(Window::startsAt)
        .containsExactly(
            Instant.parse("2026-03-22T00:00:00Z"),
            Instant.parse("2026-03-29T00:00:00Z"),
            Instant.parse("2026-04-04T23:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      textBlock =
          """
          FREQ=OFTEN;                        Europe/Berlin; recurrence.rule should be an RRULE of RFC 5545
          "RRULE:FREQ=DAILY";                Europe/Berlin; recurrence.rule should be an RRULE of RFC 5545
          "";                                Europe/Berlin; recurrence.rule should be an RRULE of RFC 5545
          ;                                  Europe/Berlin; recurrence.rule should be an RRULE of RFC 5545
          FREQ=MINUTELY;                     Europe/Berlin; recurrence.rule should be a rule with FREQ=DAILY
          "FREQ=YEARLY;INTERVAL=1000000";    Europe/Berlin; an INTERVAL of at most 400
          "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"; Europe/Berlin; recurrence.rule should be a rule that ever comes true after startsAt: was
          "FREQ=YEARLY;BYYEARDAY=366;BYDAY=MO;BYMONTH=3"; Europe/Berlin; recurrence.rule should be a rule that ever comes true after startsAt: was
          "FREQ=DAILY;UNTIL=20200101T000000Z"; Europe/Berlin; recurrence.rule should be a rule that ever comes true
          FREQ=DAILY;                        Europe/Bonn;   recurrence.timeZone should be a time zone as Europe/Berlin or UTC: was Europe/Bonn
          FREQ=DAILY;                        ;              recurrence.timeZone should be a time zone
          """)
  @Tag("bad-input-74")
  void recurrenceThatMeansNothing_isRefused(String rule, String zone, String words) {
    assertThatThrownBy(() -> SilenceRule.of(nightly(rule, zone)))
        .isInstanceOf(HoldFault.class)
        .hasMessageContaining(words);
  }

  /** So far away that no count of milliseconds reaches it. */
  @ParameterizedTest
  @ValueSource(strings = {"-999999999-01-01T00:00:00Z", "+999999999-12-30T00:00:00Z"})
  @Tag("bad-input-74")
  void silenceBeyondAnyCalendar_isRefused_onceAndTimeAndAgain(Instant from) {
    String to = from.plusSeconds(60).toString();
    for (Setting.Silence silence :
        List.of(
            once(from.toString(), to),
            silence(from.toString(), to, new Setting.Recurrence("FREQ=DAILY", "UTC")))) {
      assertThatThrownBy(() -> SilenceRule.of(silence))
          .isInstanceOf(HoldFault.class)
          .hasMessage(
              "startsAt should be a time from 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z: was "
                  + from);
    }
  }

  @Test
  @Tag("bad-input-74")
  void silenceThatMeansNothing_isRefused() {
    assertThatThrownBy(() -> SilenceRule.of(once("2026-11-28T10:00:00Z", "2026-11-28T10:00:00Z")))
        .hasMessage(
            "endsAt should be after startsAt, 2026-11-28T10:00:00Z: was 2026-11-28T10:00:00Z");
    assertThatThrownBy(() -> SilenceRule.of(once("2026-11-28T10:00:00Z", "2028-11-28T10:00:00Z")))
        .hasMessageContaining("endsAt should be at most 366 days after startsAt");
    assertThatThrownBy(
            () ->
                SilenceRule.of(
                    silence(
                        "2026-11-01T10:00:00Z",
                        "2026-11-09T10:00:00Z",
                        new Setting.Recurrence("FREQ=MONTHLY", "UTC"))))
        .hasMessageContaining("endsAt should be at most 7 days after startsAt, with a recurrence");
    Setting.Silence s = once("2026-11-28T10:00:00Z", "2026-11-28T11:00:00Z");
    Setting.Silence all =
        new Setting.Silence(
            s.id(),
            1,
            List.of(
                new Setting.Matcher("service", "=~", ".*"), new Setting.Matcher("x", "!=", "y")),
            s.startsAt(),
            s.endsAt(),
            null,
            "why",
            "ann",
            s.createdAt(),
            null,
            null);
    assertThatThrownBy(() -> SilenceRule.of(all))
        .hasMessageContaining("at least one does not match an empty label")
        .hasMessageContaining("was {service=~\".*\", x!=\"y\"}");
  }

  private static String stands(SilenceRule rule, String at) {
    Instant now = Instant.parse(at);
    State state = rule.state(now);
    return rule.until(now).map(until -> state + " until " + until).orElse(state.toString());
  }

  private static Setting.Silence nightly(String rule, String zone) {
    return silence(
        "2026-01-01T00:00:00Z", "2026-01-01T02:30:00Z", new Setting.Recurrence(rule, zone));
  }

  private static Setting.Silence once(String startsAt, String endsAt) {
    return silence(startsAt, endsAt, null);
  }

  private static Setting.Silence silence(
      String startsAt, String endsAt, Setting.@Nullable Recurrence recurrence) {
    return new Setting.Silence(
        "sil_1",
        1,
        CHECKOUT,
        Instant.parse(startsAt),
        Instant.parse(endsAt),
        recurrence,
        "a restart",
        "ann",
        Instant.parse(startsAt),
        null,
        null);
  }

  private static Setting.Silence expired(Setting.Silence s, String at) {
    return new Setting.Silence(
        s.id(),
        2,
        s.matchers(),
        s.startsAt(),
        s.endsAt(),
        s.recurrence(),
        s.reason(),
        s.createdBy(),
        s.createdAt(),
        Instant.parse(at),
        "ben");
  }
}
