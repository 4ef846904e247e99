// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.alert.AlertKind;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.incident.Incident;
import dev.tocsin.workflow.Samples;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionsTest {

  private static final Conditions CONDITIONS = new Conditions();
  private static final Incident INCIDENT =
      Incident.opened(Samples.opened(Samples.SLOW))
          .after(Samples.joined(Samples.DOWN))
          .after(Samples.raised(Severity.ERROR, Severity.CRITICAL));

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "incident.severity == 'CRITICAL', true",
        "incident.severity in ['WARNING'], false",
        "incident.parent == '' && incident.epoch == 1, true",
        "incident.kind == 'CONDITION' && !incident.flapping, true",
        "incident.firing >= 2, true",
        "incident.firing > 1.5, true",
        "incident.labels.service == 'checkout', true",
        "has(incident.labels.team) && incident.labels.team == 'db', false",
        "'team' in incident.labels, false",
        "`incident.labels[\"namespace\"].matches('^sh.p$')`, true",
        "`incident.alerts.exists(a, a.title == 'CheckoutDown')`, true",
        "`incident.alerts.all(a, a.values['A'] < 0.5)`, false",
        "incident.openedAt < timestamp('2027-01-01T00:00:00Z'), true",
        "incident.openedAt.getHours('UTC') < 6, true",
        "incident.title.startsWith('Checkout'), true",
        "incident.acknowledgedBy != '', false",
      })
  void condition_isAskedOfTheIncident(String condition, boolean met) {
    assertThat(CONDITIONS.check(condition)).isEmpty();
    assertThat(CONDITIONS.ask(condition, INCIDENT)).isEqualTo(new Conditions.Answer(met, null));
  }

  @Test
  @Tag("bad-input-90")
  void condition_thatFailsCountsAsMetAndSaysWhy() {
    Conditions.Answer answer = CONDITIONS.ask("incident.labels.team == 'db'", INCIDENT);

    assertThat(answer.met()).isTrue();
    assertThat(answer.trouble()).contains("team");
  }

  @Test
  void condition_thatDoesNotCompileAnyMoreCountsAsMet() {
    assertThat(CONDITIONS.ask("incident.retired > 1", INCIDENT).met()).isTrue();
  }

  @Test
  @Tag("bad-input-87")
  void condition_isBoundedInSizeAndDepth() {
    assertThat(CONDITIONS.check("true ||".repeat(1000) + " true")).isNotEmpty();
    assertThat(CONDITIONS.check("(".repeat(500) + "true" + ")".repeat(500))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "incident.alerts.all(a, incident.alerts.all(b, incident.alerts.all(c, a.title + b.title + c.title != '')))",
        "incident.alerts.map(a, incident.alerts.map(b, incident.alerts.map(c, a.title))).size() > 0",
        "incident.title.matches('(a+)+$') || incident.alerts.all(a, incident.alerts.all(b, incident.alerts.all(c, true)))"
      })
  @Tag("bad-input-87")
  void condition_isBoundedInWork_andFailsOpen(String condition) {
    Incident crowded = INCIDENT;
    for (int i = 0; i < 60; i++) {
      crowded =
          crowded.after(
              Samples.joined(
                  Samples.alert(
                      "r" + i, "T" + i, AlertKind.CONDITION, Severity.ERROR, Samples.T0)));
    }
    assertThat(CONDITIONS.check(condition)).isEmpty();

    Conditions.Answer answer = CONDITIONS.ask(condition, crowded);

    assertThat(answer.met()).isTrue();
    assertThat(answer.trouble()).contains("10000");
  }

  @Test
  void noCondition_isMet() {
    assertThat(CONDITIONS.ask(null, INCIDENT).met()).isTrue();
  }
}
