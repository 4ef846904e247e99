// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.run;

import static dev.tocsin.workflow.Samples.CONTEXT;
import static dev.tocsin.workflow.Samples.DOWN;
import static dev.tocsin.workflow.Samples.SLOW;
import static dev.tocsin.workflow.Samples.T0;
import static dev.tocsin.workflow.Samples.joined;
import static dev.tocsin.workflow.Samples.opened;
import static dev.tocsin.workflow.Samples.raised;
import static dev.tocsin.workflow.Samples.reopened;
import static dev.tocsin.workflow.Samples.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.schemas.run.Run;
import dev.tocsin.schemas.run.Run.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Playbooks of one's own, decided on: several, changed ones, and ones that wait as they like. */
class DeciderPlaybooksTest {

  private static final String TROUBLE = "its condition could not be asked, so it counts as met: ";

  @TempDir private Path directory;

  private final Story story = new Story();

  @Test
  void twoPlaybooks_thatPageTheSame_pageOnce_andTheSecondSaysWhy() throws IOException {
    playbook("first", "incident.opened", "[page]");
    playbook("second", "incident.opened", "[page, ticket]");
    story.withPlaybooksOf(directory).happens(opened(SLOW));

    assertThat(story.kinds()).containsExactly("page", "ticket");
    assertThat(story.runs()).extracting(Run::playbook).containsExactly("first", "second");
    assertThat(story.runs().getLast().steps().getFirst().progress()).isEqualTo(Progress.SKIPPED);
    assertThat(story.runs().getLast().steps().getFirst().detail())
        .isEqualTo("playbook first pages pagerduty/default for this incident already");

    story.happens(resolved(1));
    assertThat(story.kinds()).containsExactly("page", "ticket", "page-resolve", "ticket-resolve");
  }

  @Test
  void endpointsOfOnePlaybook_arePagedEach_andClosedEach() throws IOException {
    playbook(
        "both",
        "incident.opened",
        "[{page: {to: pagerduty/a}, name: a}, {page: {to: pagerduty/b, severity: info}, name: b}]");
    story.withPlaybooksOf(directory).happens(opened(SLOW));
    story.happens(resolved(1));

    assertThat(story.notifications())
        .extracting(Notification::endpoint)
        .containsExactly("pagerduty/a", "pagerduty/b", "pagerduty/a", "pagerduty/b");
    assertThat(story.notifications()).extracting(Notification::id).doesNotHaveDuplicates();
    assertThat(((Content.Page) story.notifications().get(1).content()).severity())
        .isEqualTo(Severity.INFO);
  }

  @ParameterizedTest
  @CsvSource({
    // wait in the playbook, seconds after which it rings, paged
    "5s, 4, false",
    "5s, 5, true",
    "1m, 59, false",
    "1m, 60, true",
    "500ms, 1, true"
  })
  void page_waitsAsLongAsItsPlaybookSays(String wait, long seconds, boolean paged)
      throws IOException {
    playbook("waits", "incident.opened", "[{investigate: {wait: " + wait + "}}, page]");
    story.withPlaybooksOf(directory).modelAtWork().happens(opened(SLOW));

    story.after(Duration.ofSeconds(seconds)).ring();

    assertThat(story.kinds().contains("page")).isEqualTo(paged);
  }

  @Test
  void waitOfNothing_pagesAtOnce_alsoWithAModel() throws IOException {
    playbook("hurry", "incident.opened", "[{investigate: {wait: 0s}}, page]");
    story.withPlaybooksOf(directory).modelAtWork().happens(opened(SLOW));

    assertThat(story.kinds()).containsExactly("page");
  }

  @Test
  void pageBeforeTheInvestigation_neverWaits_andHearsOfItLater() throws IOException {
    playbook("page-first", "incident.opened", "[page, investigate, ticket]");
    story.withPlaybooksOf(directory).modelAtWork().happens(opened(SLOW));
    assertThat(story.kinds()).containsExactly("page");

    story.after(Duration.ofSeconds(2)).answers(CONTEXT);

    assertThat(story.kinds()).containsExactly("page", "ticket", "page-note");
  }

  @Test
  void oneRunThatWaits_holdsUpNoOther() throws IOException {
    playbook("patient", "incident.opened", "[{investigate: {wait: 1m}}, ticket]");
    playbook("quick", "incident.opened", "[page]");
    story.withPlaybooksOf(directory).modelAtWork().happens(opened(SLOW));

    assertThat(story.kinds()).containsExactly("page");
  }

  @Test
  void trigger_startsWhatItNames_andNothingElse() throws IOException {
    playbook("at-first", "incident.opened", "[page]");
    playbook("again", "incident.reopened", "[ticket]");
    story.withPlaybooksOf(directory).happens(opened(SLOW));
    assertThat(story.kinds()).containsExactly("page");

    story.happens(resolved(1));
    story.happens(reopened(2));

    assertThat(story.kinds()).containsExactly("page", "page-resolve", "ticket");
    assertThat(story.runs().getLast().playbook()).isEqualTo("again");
    assertThat(story.runs().getLast().epoch()).isEqualTo(2);
  }

  @Test
  @Tag("bad-input-73")
  void playbookThatIsChanged_isFollowedAsItWasByTheRunThatBegan() throws IOException {
    playbook(
        "mine", "incident.opened", "[{investigate: {wait: 10s}}, {page: {to: pagerduty/old}}]");
    story.withPlaybooksOf(directory).modelAtWork().happens(opened(SLOW));
    String version = story.runs().getLast().playbookVersion();

    playbook("mine", "incident.opened", "[{page: {to: pagerduty/new}}, ticket]");
    story.withPlaybooksOf(directory);
    story.happens(joined(DOWN));
    story.happens(raised(Severity.ERROR, Severity.CRITICAL));
    story.after(Duration.ofSeconds(25)).ring();

    assertThat(story.notifications())
        .extracting(Notification::endpoint)
        .containsExactly("pagerduty/old");
    assertThat(story.runs().getLast().playbookVersion()).isEqualTo(version);
  }

  @Test
  @Tag("bad-input-73")
  void changedPlaybook_isWhatTheNextEpochGets() throws IOException {
    playbook("mine", "[incident.opened, incident.reopened]", "[{page: {to: pagerduty/old}}]");
    story.withPlaybooksOf(directory).happens(opened(SLOW));
    String version = story.runs().getLast().playbookVersion();

    playbook("mine", "[incident.opened, incident.reopened]", "[{page: {to: pagerduty/new}}]");
    story.withPlaybooksOf(directory).happens(resolved(1));
    story.happens(reopened(2));

    assertThat(story.notifications())
        .extracting(Notification::endpoint)
        .containsExactly("pagerduty/old", "pagerduty/old", "pagerduty/new");
    assertThat(story.runs().getLast().playbookVersion()).isNotEqualTo(version);
  }

  @Test
  void conditionThatFails_countsAsMet_andTheRunSaysSo() throws IOException {
    playbook(
        "trouble",
        "incident.opened",
        "[{page: {}, if: 'incident.labels.team == \"db\"'}, {ticket: {}, if: incident.firing > 99}]");
    story.withPlaybooksOf(directory).happens(opened(SLOW));

    assertThat(story.kinds()).containsExactly("page");
    assertThat(story.runs().getLast().steps().get(0).detail()).startsWith(TROUBLE);
    assertThat(story.runs().getLast().steps().get(1).detail())
        .isEqualTo("not met: incident.firing > 99");
  }

  @Test
  void conditionOfAPlaybookThatFails_countsAsMet_andItsFirstStepSaysSo() throws IOException {
    String condition = "incident.opened\nif: incident.labels.team == 'db'";
    playbook("plain", condition, "[page, ticket]");
    playbook("talks", condition, "[{ticket: {}, if: incident.firing > 99}]");
    story.withPlaybooksOf(directory).happens(opened(SLOW));

    assertThat(story.runs())
        .extracting(run -> run.steps().getFirst().detail())
        .satisfiesExactly(
            plain -> assertThat(plain).startsWith(TROUBLE).doesNotContain("not met"),
            talks ->
                assertThat(talks).startsWith(TROUBLE).endsWith(". not met: incident.firing > 99"));
    assertThat(story.runs().getFirst().steps().get(1).detail()).isEmpty();
  }

  @Test
  void playbookThatWasNotMet_startsWhenTheIncidentGrows_once() throws IOException {
    playbook("grows", "incident.opened\nif: incident.firing > 1", "[page]");
    story.withPlaybooksOf(directory).happens(opened(SLOW));
    assertThat(story.kinds()).isEmpty();

    story.happens(joined(DOWN));
    story.happens(joined(DOWN));

    assertThat(story.kinds()).containsExactly("page");
  }

  @Test
  void stepOfAKindThatIsGone_fails_andTheOthersGoOn() throws IOException {
    playbook("mine", "incident.opened", "[investigate, ticket, page]");
    story.withPlaybooksOf(directory).modelAtWork().happens(opened(SLOW));

    story.rememberedWithKind("fax", "ticket").answers(CONTEXT);

    assertThat(story.kinds()).containsExactly("page");
    assertThat(story.progress()).containsExactly(Progress.DONE, Progress.FAILED, Progress.STARTED);
    assertThat(story.details().get(1)).isEqualTo("there are no steps of kind fax any more");
  }

  @Test
  void stepThatWasHeldBack_beginsWhenItIsMet_onceAndForGood() throws IOException {
    playbook("grows", "incident.opened", "[{page: {}, if: incident.firing > 1}, ticket]");
    story.withPlaybooksOf(directory).happens(opened(SLOW));
    assertThat(story.kinds()).containsExactly("ticket");

    story.happens(joined(DOWN));
    assertThat(story.kinds()).containsExactly("ticket", "page");

    story.happens(joined(DOWN));
    story.happens(raised(Severity.ERROR, Severity.CRITICAL));
    assertThat(story.kinds()).containsExactly("ticket", "page", "ticket-comment", "page-note");
  }

  @Test
  void stepThatPages_goesOutWithTheFirstOfTheAlertThatMadeItPage() throws IOException {
    playbook("grows", "incident.opened", "[{page: {}, if: incident.firing > 1}]");
    story.withPlaybooksOf(directory).happens(opened(SLOW));
    story.happens(joined(DOWN));

    // The clock from webhook to page starts with the alert that made it worth a page.
    assertThat(story.notifications().getFirst().receivedAt()).isEqualTo(DOWN.receivedAt());
    assertThat(story.notifications().getFirst().plannedAt()).isEqualTo(T0.plusSeconds(20));
  }

  private void playbook(String name, String on, String steps) throws IOException {
    Files.writeString(
        directory.resolve(name + ".yml"),
        "name: %s\non: %s\nsteps: %s\n".formatted(name, on, steps));
  }
}
