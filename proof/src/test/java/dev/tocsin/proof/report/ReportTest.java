// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.proof.history.Entry;
import dev.tocsin.proof.oracle.Check;
import dev.tocsin.proof.oracle.Finding;
import dev.tocsin.proof.schedule.Schedule;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Schedule SCHEDULE = new Schedule(1, false, 2, 1, 10, 0, 1, true, List.of());

  /** One page undisturbed after a second, one under a kill after nine. */
  private static final List<Entry> HISTORY =
      List.of(
          sent(0, "proof-0"),
          paged(1, "proof-0", 202),
          sent(10, "proof-1"),
          new Entry.Struck(at(11), at(15), 1, "kill", "notifier", true),
          sent(16, "proof-2"),
          paged(19, "proof-1", 0),
          paged(20, "proof-2", 202),
          paged(21, "proof-1", 202));

  private static Instant at(long second) {
    return NOON.plusSeconds(second);
  }

  private static Entry sent(long second, String service) {
    return new Entry.Sent(at(second), at(second), service, true, 202);
  }

  private static Entry paged(long second, String service, int status) {
    String fault = status == 0 ? "LoseAnswer" : "None";
    return new Entry.Paged(
        at(second), at(second), fault, true, status, "trigger", "key-" + service, service);
  }

  private static Entry.Struck struck(String kind, String target) {
    return new Entry.Struck(at(1), at(2), 1, kind, target, true);
  }

  private static Report report(List<Finding> findings) {
    return Report.of("prove", SCHEDULE, HISTORY, findings);
  }

  @Test
  void pages_areSplitByWhatCameBetween() {
    Report report = report(List.of());
    assertThat(report.acceptedToPage())
        .containsEntry("undisturbed", new Spread(2, 1000, 1000, 4000, 4000))
        .containsEntry("one kill", new Spread(1, 9000, 9000, 9000, 9000))
        .containsEntry("several of them", Spread.of(List.of()));
    assertThat(report.pageUnderKill())
        .containsOnly(Map.entry("notifier", new Spread(1, 9000, 9000, 9000, 9000)));
  }

  @Test
  void killsAndFreezesAndTheRest_areToldApart() {
    Entry.Struck kill = struck("kill", "notifier");
    assertThat(Meanwhile.of(List.of())).isEqualTo(Meanwhile.NOTHING);
    assertThat(Meanwhile.of(List.of(kill))).isEqualTo(Meanwhile.KILL);
    assertThat(Meanwhile.of(List.of(struck("freeze", "notifier")))).isEqualTo(Meanwhile.FREEZE);
    assertThat(Meanwhile.of(List.of(struck("outage", "broker")))).isEqualTo(Meanwhile.OTHER);
    assertThat(Meanwhile.of(List.of(kill, kill))).isEqualTo(Meanwhile.SEVERAL);
  }

  @Test
  void storm_isInTheWayOfAPageAtPagerDutyAlone() {
    assertThat(Meanwhile.isInTheWay(struck("storm HANGS", "pagerduty"))).isTrue();
    assertThat(Meanwhile.isInTheWay(struck("storm HANGS", "receiver-1"))).isFalse();
    assertThat(Meanwhile.isInTheWay(struck("freeze", "detection"))).isTrue();
  }

  @Test
  void recovery_endsWithThePageOfWhatWasSentAfterTheKill() {
    Report report = report(List.of());
    assertThat(report.restarts().get("notifier").max()).isEqualTo(4000);
    assertThat(report.recoveries().get("notifier").max()).isEqualTo(9000);
  }

  @Test
  void repeats_areCountedAsPostsAndNotAsPages() {
    Report report = report(List.of());
    assertThat(report.pages()).isEqualTo(3);
    assertThat(report.pagePosts()).isEqualTo(4);
    assertThat(report.misdeeds()).containsEntry("LoseAnswer", 1L);
  }

  @Test
  void whatSlackTook_isCountedByWhatItIs_andItsCallsTogether() {
    List<Entry> history =
        List.of(
            posted("post", true, "None"),
            posted("post", false, "Refuse"),
            posted("edit", true, "None"),
            posted("edit", true, "LoseAnswer"),
            posted("reply", true, "None"));
    Report report = Report.of("prove", SCHEDULE, history, List.of());
    assertThat(List.of(report.slackPosts(), report.slackEdits(), report.slackReplies()))
        .containsExactly(1L, 2L, 1L);
    assertThat(TextReport.lines(report))
        .contains("Slack                      1 posts, 2 edits, 1 replies, in 5 calls");
    Schedule without = new Schedule(1, false, 2, 1, 10, 0, 1, false, List.of());
    assertThat(TextReport.lines(Report.of("prove", without, HISTORY, List.of())))
        .noneMatch(line -> line.startsWith("Slack"));
  }

  private static Entry posted(String change, boolean taken, String fault) {
    return new Entry.Posted(
        NOON, NOON, fault, taken, 200, change, "17.1", "inc-1", "", "open", "proof-0");
  }

  @Test
  void findings_areCountedByKind_andTakeTheBoundAway() {
    Report report =
        report(
            List.of(
                new Finding(Check.PAGE_LOST, "proof-1"),
                new Finding(Check.TICKET_DOUBLED, "proof-2"),
                new Finding(Check.LEDGER_OPEN, "dlv")));
    assertThat(List.of(report.lost(), report.doubled(), report.other())).containsOnly(1L);
    assertThat(report.isClean()).isFalse();
    assertThat(report.upperBoundPercent()).isEqualTo(100);
    assertThat(TextReport.lines(report)).contains("NOT CLEAN", "  PAGE_LOST: proof-1");
  }

  @Test
  void page_standsByItself_andEscapesWhatItShows() {
    Report report = Report.of("prove <b>", SCHEDULE, HISTORY, List.of());
    assertThat(HtmlReport.of(report, HISTORY))
        .contains("prove &lt;b&gt;", "<svg", "nothing lost, nothing doubled")
        .doesNotContain("http://", "<script", "src=")
        .endsWith("</html>\n");
  }

  @Test
  void p99_isAValueThatWasMeasured() {
    assertThat(Spread.of(List.of(5L, 1L, 3L))).isEqualTo(new Spread(3, 1, 3, 5, 5));
    assertThat(Spread.of(List.of())).isEqualTo(new Spread(0, 0, 0, 0, 0));
  }
}
