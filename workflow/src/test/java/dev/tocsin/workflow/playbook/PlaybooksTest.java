// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.playbook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tocsin.workflow.playbook.Playbook.PlannedStep;
import dev.tocsin.workflow.step.StepCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlaybooksTest {

  private static final StepCatalog CATALOG =
      StepCatalog.of(Duration.ofSeconds(10), "http://localhost:8081");
  private static final Conditions CONDITIONS = new Conditions();

  private static final String GOOD =
      """
      name: databases
      version: "7"
      on: [incident.opened, incident.reopened]
      if: incident.severity in ["CRITICAL", "ERROR"] && incident.parent == ""
      steps:
        - investigate: {wait: 5s}
        - page:
            to: pagerduty/databases
            severity: critical
          name: wake the DBA
          if: |
            incident.firing > 1 ||
            incident.alerts.exists(a, a.kind == "NO_DATA")
        - ticket
      """;

  @TempDir private Path directory;

  @Test
  void playbook_isReadWhole() {
    Playbooks playbooks = read(GOOD);

    assertThat(playbooks.startedBy(Trigger.INCIDENT_REOPENED))
        .containsExactly(
            new Playbook(
                "databases",
                "7",
                Set.of(Trigger.INCIDENT_OPENED, Trigger.INCIDENT_REOPENED),
                "incident.severity in [\"CRITICAL\", \"ERROR\"] && incident.parent == \"\"",
                java.util.List.of(
                    new PlannedStep("investigate", "investigate", Map.of("wait", "5s"), null),
                    new PlannedStep(
                        "wake the DBA",
                        "page",
                        Map.of("to", "pagerduty/databases", "severity", "critical"),
                        "incident.firing > 1 ||\nincident.alerts.exists(a, a.kind == \"NO_DATA\")"),
                    new PlannedStep("ticket", "ticket", Map.of(), null))));
  }

  @Test
  void version_isMadeFromContentWhenAbsent() {
    String without = GOOD.replace("version: \"7\"\n", "");

    assertThat(version(without)).startsWith("v_").isEqualTo(version(without));
    assertThat(version(without)).isNotEqualTo(version(without.replace("5s", "6s")));
  }

  private static String version(String text) {
    return read(text).startedBy(Trigger.INCIDENT_OPENED).getFirst().version();
  }

  @Test
  @Tag("bad-input-68")
  void wordsThatOtherReadersTakeForSomethingElse_stayWords() {
    String odd =
        GOOD.replace("name: databases", "name: off")
            .replace("\"7\"", "1e3")
            .replace("wake the DBA", "NO");

    Playbook playbook = read(odd).startedBy(Trigger.INCIDENT_OPENED).getFirst();

    assertThat(playbook.name()).isEqualTo("off");
    assertThat(playbook.version()).isEqualTo("1e3");
    assertThat(playbook.steps()).extracting(PlannedStep::name).contains("NO");
  }

  private static Arguments notALength(String text) {
    return fault(
        "the length " + text,
        GOOD.replace("wait: 5s", "wait: " + text),
        "p.yml:6:25: 'wait' should be a whole number and ms, s, m or h, at most 60s, as in 10s: was '"
            + text);
  }

  static Stream<Arguments> faulty() {
    return Stream.of(
        fault(
            "a misspelt kind of step",
            GOOD.replace("- investigate:", "- investigat:"),
            "p.yml:6:5: unknown kind of step 'investigat': did you mean 'investigate'? There are investigate, page, ticket, post"),
        fault(
            "a kind nobody knows",
            GOOD.replace("- ticket", "- telephone: {}"),
            "p.yml:14:5: unknown kind of step 'telephone'. There are investigate, page, ticket, post"),
        fault(
            "a misspelt key of a step",
            GOOD.replace("    if: |", "    iff: |"),
            "p.yml:11:5: unknown key 'iff': did you mean 'if'? A step has name, if and one of investigate, page, ticket, post"),
        fault(
            "a misspelt option",
            GOOD.replace("severity: critical", "severty: critical"),
            "p.yml:9:7: 'page' has no 'severty': did you mean 'severity'? It has to, severity"),
        fault(
            "a severity nobody knows",
            GOOD.replace("severity: critical", "severity: terrible"),
            "p.yml:9:17: 'severity' should be one of critical, error, warning, info: was 'terrible'"),
        fault(
            "a duration without a unit",
            GOOD.replace("wait: 5s", "wait: 5"),
            "p.yml:6:25: 'wait' should be a whole number and ms, s, m or h, at most 60s, as in 10s: was '5'"),
        fault(
            "a negative duration",
            GOOD.replace("wait: 5s", "wait: -5s"),
            "p.yml:6:25: 'wait' should be a whole number and ms, s, m or h, at most 60s, as in 10s: was '-5s'"),
        fault(
            "a duration no page should wait",
            GOOD.replace("wait: 5s", "wait: 9h"),
            "p.yml:6:25: 'wait' should be a whole number and ms, s, m or h, at most 60s, as in 10s: was '9h'"),
        notALength("-5m"),
        notALength("PT"),
        notALength("1y"),
        notALength("87600h"),
        notALength("1000000000h"),
        fault(
            "a step that goes to another",
            GOOD.replace("- ticket", "- ticket: {}\n    next: investigate"),
            "p.yml:15:5: unknown key 'next'"),
        fault(
            "ten thousand steps",
            GOOD.substring(0, GOOD.indexOf("  - inv")) + "  - page\n".repeat(5_000),
            "p.yml:56:5: step 51 of 5000: a playbook has at most 50"),
        fault(
            "ten thousand steps and more than a file may hold",
            GOOD.substring(0, GOOD.indexOf("  - inv")) + "  - page\n".repeat(10_000),
            "p.yml:1:1: larger than 64 KiB"),
        fault(
            "a step that goes to itself",
            GOOD.replace("- ticket", "- ticket: {}\n    then: ticket"),
            "p.yml:15:5: unknown key 'then'"),
        fault(
            "a repeated word that other readers expand",
            GOOD.replace("[incident.opened, incident.reopened]", "&all [incident.opened]"),
            "p.yml:3:5: anchor &all: leave it out, aliases are not taken"),
        fault(
            "an endpoint of another channel",
            GOOD.replace("pagerduty/databases", "jira/default"),
            "p.yml:8:11: 'to' should be pagerduty/<name>, as in pagerduty/default: was 'jira/default'"),
        fault(
            "a misspelt field in a condition",
            GOOD.replace("incident.severity", "incident.severty"),
            "p.yml:4:13: condition: undefined field 'severty': did you mean 'severity'? An incident has id, epoch"),
        fault(
            "a fault in the second line of a condition",
            GOOD.replace("a.kind ==", "a.knd =="),
            "p.yml:13:34: condition: undefined field 'knd'"),
        fault(
            "a condition that does not end",
            GOOD.replace(" && incident.parent == \"\"", " &&"),
            "p.yml:4:50: condition: mismatched input '<EOF>'"),
        fault(
            "a condition that is no question",
            GOOD.replace("incident.firing > 1 ||\n", "incident.firing\n")
                .replace("      incident.alerts.exists(a, a.kind == \"NO_DATA\")\n", ""),
            "condition: expected type 'bool' but found 'int'"),
        fault(
            "a trigger nobody knows",
            GOOD.replace("incident.reopened", "incident.reopend"),
            "p.yml:3:23: nothing known as 'incident.reopend': did you mean 'incident.reopened'? There are incident.opened, incident.reopened"),
        fault(
            "no trigger",
            GOOD.replace("on: [incident.opened, incident.reopened]\n", ""),
            "p.yml:1:1: 'on' is missing: it says what starts the playbook, of incident.opened, incident.reopened"),
        fault("no name", GOOD.replace("name: databases\n", ""), "p.yml:1:1: 'name' is missing"),
        fault(
            "a name with a slash",
            GOOD.replace("name: databases", "name: ../databases"),
            "p.yml:1:7: 'name' should be lower-case letters, digits and -: was '../databases'"),
        fault(
            "an unknown key",
            GOOD.replace("if: incident", "iff: incident"),
            "p.yml:4:1: unknown key 'iff': did you mean 'if'? A playbook has name, version, on, if, steps"),
        fault(
            "a key twice",
            GOOD + "name: again\n",
            "p.yml:15:1: key 'name' again, it is in line 1 already"),
        fault(
            "two steps of one name",
            GOOD + "  - ticket: {}\n",
            "p.yml:15:5: a second step named 'ticket', the first is in line 14: give it a 'name'"),
        fault(
            "two kinds in one step",
            GOOD.replace("- ticket", "- ticket: {}\n    page: {}"),
            "p.yml:15:5: 'page' in a step that is 'ticket' already: make it a step of its own"),
        fault(
            "no steps",
            GOOD.substring(0, GOOD.indexOf("steps:")) + "steps: []\n",
            "p.yml:5:8: 'steps' should be a list of 1 to 50 steps, each one of investigate, page, ticket, post"),
        fault(
            "too many steps",
            GOOD.substring(0, GOOD.indexOf("  - inv"))
                + IntStream.range(0, 51)
                    .mapToObj(i -> "  - {ticket: {}, name: t" + i + "}\n")
                    .collect(Collectors.joining()),
            "p.yml:56:5: step 51 of 51: a playbook has at most 50"),
        fault(
            "an alias bomb",
            "a: &a [x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n",
            "p.yml:3:5: alias *b: write it out, aliases are not taken"),
        fault(
            "a tag",
            GOOD.replace("name: databases", "name: !!java.net.URL databases"),
            "p.yml:1:7: tag tag:yaml.org,2002:java.net.URL: leave it out"),
        fault(
            "a tag that asks for a class",
            GOOD.replace(
                "name: databases", "name: !!javax.script.ScriptEngineManager [!!java.net.URL [x]]"),
            "leave it out"),
        fault(
            "depth", "[".repeat(100) + "]".repeat(100), "p.yml:1:13: nested deeper than 12 levels"),
        fault("two documents", GOOD + "---\n" + GOOD, "p.yml:15:1: a second document: one file"),
        fault("no YAML", "name: [unclosed\nsteps", "p.yml:2:6: not YAML: expected"),
        fault("a tab", "name:\tx\n\ton: y\n", "p.yml:1:6: not YAML: found character"),
        fault(
            "nothing",
            "# later\n",
            "p.yml:1:1: empty: a playbook has name, version, on, if, steps"),
        fault("a list", "- page\n", "p.yml:1:1: a playbook should be a map"),
        fault(
            "a version with a space",
            GOOD.replace("\"7\"", "7 of 9"),
            "p.yml:2:10: 'version' should be letters, digits, . _ and -: was '7 of 9'"),
        fault(
            "a trigger that is a map",
            GOOD.replace("[incident.opened, incident.reopened]", "{incident: opened}"),
            "p.yml:3:5: nothing known as a map. There are incident.opened, incident.reopened"),
        fault(
            "an empty list of triggers",
            GOOD.replace("[incident.opened, incident.reopened]", "[]"),
            "p.yml:3:5: 'on' is missing: it says what starts the playbook"),
        fault(
            "a condition of nothing",
            GOOD.replaceFirst("if: incident.*", "if: ''"),
            "p.yml:4:5: 'if' should be a condition, as in incident.severity == \"CRITICAL\": was empty"),
        fault(
            "a step name nobody can read",
            GOOD.replace("wake the DBA", "wake/../DBA"),
            "p.yml:10:11: 'name' should be letters, digits, spaces, _ and -, at most 60: was 'wake/../DBA'"),
        fault(
            "a step that is a list",
            GOOD.replace("- ticket", "- [ticket]"),
            "p.yml:14:5: a step should be one of investigate, page, ticket, post: was a list"),
        fault(
            "a step that says nothing",
            GOOD.replace("- ticket", "- name: later"),
            "p.yml:14:5: a step should say what it does, one of investigate, page, ticket, post"),
        fault(
            "options that are a word",
            GOOD.replace("- ticket", "- ticket: jira/default"),
            "p.yml:14:13: 'ticket' should be a map of to: was 'jira/default'"),
        fault("size", "#".repeat(70_000), "p.yml:1:1: larger than 64 KiB"));
  }

  private static Arguments fault(String what, String text, String says) {
    return Arguments.of(what, text, says);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faulty")
  @Tag("bad-input-66-67-68-70-71")
  void fault_isNamedWithItsPlaceAndWhatIsRight(String what, String text, String says) {
    assertThatExceptionOfType(PlaybookFaultsException.class)
        .isThrownBy(() -> read(text))
        .withMessageContaining(says);
  }

  @Test
  @Tag("bad-input-72")
  void faults_ofAllFilesAreFoundAtOnce() {
    String worse =
        GOOD.replace("wait: 5s", "wait: soon")
            .replace("incident.parent", "incident.mother")
            .replace("- ticket", "- tickt");

    var refusal =
        catchThrowableOfType(
            PlaybookFaultsException.class,
            () ->
                Playbooks.read(
                    Map.of(
                        "a.yml", GOOD.getBytes(UTF_8),
                        "b.yml", worse.getBytes(UTF_8),
                        "c.yml", GOOD.getBytes(UTF_8)),
                    CATALOG,
                    CONDITIONS,
                    new Faults()));

    assertThat(refusal.getMessage().lines().map(String::strip).map(l -> l.split(" ", 2)[0]))
        .containsExactly("4", "b.yml:4:59:", "b.yml:6:25:", "b.yml:14:5:", "c.yml:1:1:");
    assertThat(refusal).hasMessageContaining("a second playbook named 'databases'");
  }

  @Test
  void directory_withPlaybooksIsUsed() throws IOException {
    Files.writeString(directory.resolve("db.yaml"), GOOD);
    Files.writeString(directory.resolve("README.md"), "not a playbook");

    assertThat(Playbooks.load(directory, CATALOG, CONDITIONS).names())
        .containsExactly("databases 7");
  }

  @Test
  void directory_withMoreThanAreReadIsRefused_soThatNoneIsLeftOutInSilence() throws IOException {
    for (int i = 0; i <= 200; i++) {
      Files.writeString(
          directory.resolve("p" + i + ".yml"), GOOD.replace("databases\nv", "n" + i + "\nv"));
    }

    assertThatExceptionOfType(PlaybookFaultsException.class)
        .isThrownBy(() -> Playbooks.load(directory, CATALOG, CONDITIONS))
        .withMessageContaining("1 fault in playbooks")
        .withMessageContaining("201 playbooks: at most 200 are read");
  }

  @Test
  void bytesThatAreNoText_areRefused() {
    assertThatExceptionOfType(PlaybookFaultsException.class)
        .isThrownBy(
            () ->
                Playbooks.read(
                    Map.of("p.yml", new byte[] {(byte) 0xc3, (byte) 0x28}),
                    CATALOG,
                    CONDITIONS,
                    new Faults()))
        .withMessageContaining("p.yml:1:1: not UTF-8");
  }

  @Test
  void defaultPlaybook_isUsedWithoutADirectoryOrWithAnEmptyOne() {
    assertThat(Playbooks.load(null, CATALOG, CONDITIONS).names())
        .singleElement()
        .asString()
        .startsWith("default v_");
    assertThat(Playbooks.load(directory, CATALOG, CONDITIONS).names())
        .isEqualTo(Playbooks.load(null, CATALOG, CONDITIONS).names());
  }

  @Test
  void directory_thatDoesNotExistIsRefused() {
    assertThatExceptionOfType(PlaybookFaultsException.class)
        .isThrownBy(() -> Playbooks.load(directory.resolve("none"), CATALOG, CONDITIONS))
        .withMessageContaining("no such directory: tocsin.workflow.playbooks-dir");
  }

  private static Playbooks read(String text) {
    return Playbooks.read(Map.of("p.yml", text.getBytes(UTF_8)), CATALOG, CONDITIONS, new Faults());
  }
}
