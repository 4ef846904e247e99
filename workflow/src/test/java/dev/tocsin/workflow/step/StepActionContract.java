// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.step;

import static dev.tocsin.workflow.Samples.CONTEXT;
import static dev.tocsin.workflow.Samples.SLOW;
import static dev.tocsin.workflow.Samples.T0;
import static dev.tocsin.workflow.Samples.acknowledged;
import static dev.tocsin.workflow.Samples.note;
import static dev.tocsin.workflow.Samples.opened;
import static dev.tocsin.workflow.Samples.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.incident.Incident;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.notification.Content;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every kind of step must do. */
public abstract class StepActionContract {

  protected static final Incident INCIDENT = Incident.opened(opened(SLOW));
  protected static final Options NO_OPTIONS = new Options(Map.of());

  /** All is there, and nobody has refused anything. */
  private static final Means MEANS = new Means(false, Map.of("slack", Map.of()));

  protected abstract StepAction action();

  /** The kind of content that closes what it opened. */
  protected String closing() {
    return action().kind() + "-resolve";
  }

  /** Whether what is done there shows there by itself. */
  protected boolean showsByItself() {
    return true;
  }

  @Test
  void kind_isAWordForPlaybooksAndMetrics() {
    assertThat(action().kind()).matches("[a-z][a-z-]*").isNotIn("name", "if");
  }

  @Test
  void options_haveNamesOfTheirOwnAndSayWhatIsRight() {
    assertThat(action().options()).extracting(Option::name).doesNotHaveDuplicates();
    assertThat(action().options())
        .extracting(Option::right)
        .allSatisfy(right -> assertThat(right).isNotBlank());
    assertThat(action().options())
        .allSatisfy(option -> assertThat(option.allows().test("\n")).isFalse());
  }

  @Test
  void step_beginsWithoutOptionsAndTheSameEachTime() {
    Beginning first = action().begin(before(), NO_OPTIONS, "dlv_1");

    assertThat(action().begin(before(), NO_OPTIONS, "dlv_1")).isEqualTo(first);
  }

  @Test
  void handingOut_leavesTheAnswerTimeToArrive() {
    if (action().begin(before(), NO_OPTIONS, "dlv_1") instanceof Beginning.HandsOut terms) {
      assertThat(terms.lease()).isGreaterThan(terms.waitFor());
    }
  }

  @Test
  void endpoint_isOpenedOnceInAnEpoch() {
    if (action().begin(before(), NO_OPTIONS, "dlv_1") instanceof Beginning.Opens opens) {
      assertThat(action().begin(with(opens), NO_OPTIONS, "dlv_2"))
          .isInstanceOf(Beginning.Nothing.class);
    }
  }

  @Test
  void word_isNotEchoedToWhereItCameFrom() {
    if (action().begin(before(), NO_OPTIONS, "dlv_1") instanceof Beginning.Opens opens) {
      String channel = opens.endpoint().substring(0, opens.endpoint().indexOf('/'));
      assertThat(told(opens, note(channel))).isNull();
      assertThat(told(opens, acknowledged(channel)) == null).isEqualTo(showsByItself());
    }
  }

  @Test
  void whatWasOpened_isClosedWithTheIncidentOnce() {
    if (action().begin(before(), NO_OPTIONS, "dlv_1") instanceof Beginning.Opens opens) {
      News over = new News.Happened(resolved(1));
      assertThat(action().follow(with(opens), open(opens), over, "dlv_2"))
          .isNotNull()
          .extracting(content -> content.kind())
          .isEqualTo(closing());
      assertThat(action().follow(with(opens), open(opens).close(), over, "dlv_3")).isNull();
    }
  }

  @Test
  void context_thatComesLateIsPassedOn() {
    if (action().begin(before(), NO_OPTIONS, "dlv_1") instanceof Beginning.Opens opens) {
      assertThat(action().follow(with(opens), open(opens), new News.Found(CONTEXT), "dlv_2"))
          .isNotNull()
          .asString()
          .contains("Release 4.2 holds database connections too long");
    }
  }

  private @Nullable Content told(Beginning.Opens opens, IncidentEvent event) {
    return action().follow(with(opens), open(opens), new News.Happened(event), "dlv_2");
  }

  protected static Situation before() {
    return new Situation(INCIDENT, null, false, Map.of(), MEANS, T0);
  }

  protected static Situation with(Beginning.Opens opens) {
    return new Situation(INCIDENT, null, false, Map.of(opens.endpoint(), open(opens)), MEANS, T0);
  }

  protected static Opened open(Beginning.Opens opens) {
    return new Opened(
        "kind", opens.endpoint(), opens.name(), "dlv_1", "default", "step", 1, false, null);
  }
}
