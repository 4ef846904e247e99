// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.incident;

import static dev.tocsin.detection.incident.SampleAlerts.T0;
import static dev.tocsin.detection.incident.SampleAlerts.firing;
import static dev.tocsin.detection.incident.SampleAlerts.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.incident.IncidentEvent;
import org.junit.jupiter.api.Test;

/** A decision, and the same with a little more or less. */
class DecisionTest {

  private static final AlertRules RULES =
      new AlertRules(IncidentSettings.DEFAULT, FlappingSettings.DEFAULT, "rules_1");
  private static final AlertGroup GROUP = AlertGroup.unknown(SampleAlerts.GROUP);

  private static final Decision OPENS = decide(firing("a1"));
  private static final Decision OPENS_NOTHING = decide(resolved("a1"));

  private static Decision decide(SampleAlerts alert) {
    return RULES.decide(GROUP, null, alert.alert(), null, T0);
  }

  @Test
  void opened_isTheIncidentItOpens() {
    assertThat(OPENS.opened()).isSameAs(OPENS.events().getFirst());
    assertThat(OPENS_NOTHING.opened()).isNull();
    assertThat(Decision.nothing(GROUP).opened()).isNull();
    assertThat(Decision.nothing(GROUP).group()).isSameAs(GROUP);
  }

  @Test
  void parent_isSaidOfWhatOpens_andOfNothingElse() {
    Decision saying = OPENS.saying("It is known.", T0);
    Decision under = saying.withParent("inc_storm");

    assertThat(under.opened().parent()).isEqualTo("inc_storm");
    assertThat(under.opened().incidentId()).isEqualTo(OPENS.opened().incidentId());
    assertThat(under.events().getLast()).isSameAs(saying.events().getLast());
    assertThat(under.outcome()).isSameAs(OPENS.outcome());
  }

  @Test
  void somethingToKnow_isANoteOfAnOpenIncident() {
    assertThat(OPENS.saying("It is known.", T0).events().getLast())
        .isInstanceOfSatisfying(
            IncidentEvent.NoteAdded.class, e -> assertThat(e.text()).isEqualTo("It is known."));
    assertThat(OPENS_NOTHING.saying("It is known.", T0)).isEqualTo(OPENS_NOTHING);
  }

  @Test
  void withoutOutcome_isTheSameOtherwise() {
    assertThat(OPENS.withoutOutcome().outcome()).isNull();
    assertThat(OPENS.withoutOutcome().events()).isEqualTo(OPENS.events());
  }
}
