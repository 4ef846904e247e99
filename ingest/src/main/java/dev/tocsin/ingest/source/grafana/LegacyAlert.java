// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.source.grafana;

import dev.tocsin.ingest.source.Members;
import dev.tocsin.ingest.source.Message;
import dev.tocsin.ingest.source.Report;
import dev.tocsin.ingest.source.SeverityWords;
import dev.tocsin.ingest.source.Text;
import dev.tocsin.ingest.source.Wording;
import dev.tocsin.schemas.alert.AlertKind;
import dev.tocsin.schemas.alert.AlertStatus;
import dev.tocsin.schemas.alert.Links;
import dev.tocsin.schemas.alert.Severity;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A message of Grafana's legacy alerting (up to 8): one rule, its state, no times and no labels.
 *
 * <p>The rule is the condition. The series that matched are not part of its identity, since a
 * message that says "ok" names none.
 */
final class LegacyAlert {

  /** {@code [Alerting] } and the like. */
  private static final Pattern STATE = Pattern.compile("^\\[[A-Za-z ]{1,20}]\\s*");

  private LegacyAlert() {}

  static boolean isOne(Message message) {
    return !message.bare()
        && message.alerts() == null
        && Stream.of("ruleId", "ruleName", "ruleUrl", "evalMatches").anyMatch(message.top()::has);
  }

  static Report report(Message message) {
    Members top = message.top();
    Map<String, String> labels = labels(top);
    Map<String, String> annotations = annotations(top);
    String state = top.word("state");
    String org = top.text("orgId");
    return new Report(
        org == null ? "" : org,
        null,
        kind(top, state),
        status(state),
        state.equals("pending") ? Severity.INFO : SeverityWords.of(labels),
        title(top),
        labels,
        annotations,
        null,
        null,
        "rule=" + labels.getOrDefault("rule_id", labels.getOrDefault("alertname", "")),
        groupLabels(labels),
        stateReason(state),
        values(top),
        new Links(
            Wording.link(top.text("ruleUrl")),
            null,
            null,
            null,
            Wording.link(top.text("imageUrl")),
            null),
        0,
        message.raw(),
        List.of("legacy Grafana alerting says no times: when it was received stands in"));
  }

  private static Map<String, String> labels(Members top) {
    Map<String, String> labels = new TreeMap<>(top.texts("tags"));
    String name = name(top);
    if (name != null) {
      labels.put("alertname", name);
    }
    String id = top.text("ruleId");
    if (id != null && !id.equals("0")) {
      labels.put("rule_id", id);
    }
    return labels;
  }

  private static Map<String, String> groupLabels(Map<String, String> labels) {
    return Stream.of("alertname", "rule_id")
        .filter(labels::containsKey)
        .limit(1)
        .collect(Collectors.toMap(name -> name, name -> labels.getOrDefault(name, "")));
  }

  /** A title begins with the state, which is no part of what the rule is called. */
  private static @Nullable String name(Members top) {
    String name = top.text("ruleName");
    String title = top.text("title");
    if (name != null || title == null) {
      return name;
    }
    String rest = STATE.matcher(title).replaceFirst("");
    return rest.isEmpty() ? title : rest;
  }

  private static Map<String, String> annotations(Members top) {
    Map<String, String> annotations = new TreeMap<>();
    String message = top.text("message");
    if (message != null) {
      annotations.put("summary", message);
    }
    JsonNode matches = top.find("evalMatches");
    if (matches != null && !matches.isEmpty()) {
      annotations.put("eval_matches", Text.whole(matches.toString()));
    }
    return annotations;
  }

  /** The test button of a notification channel sends rule 0 under a name that says so. */
  private static AlertKind kind(Members top, String state) {
    boolean ruleZero = "0".equals(top.text("ruleId"));
    boolean saysTest =
        top.word("ruleName").matches("test (rule|notification)")
            || top.word("title").endsWith("test notification");
    if (ruleZero && saysTest) {
      return AlertKind.TEST;
    }
    return state.equals("no_data") ? AlertKind.NO_DATA : AlertKind.CONDITION;
  }

  /** A rule that was paused says nothing of its condition: resolved, but no recovery. */
  private static AlertStatus status(String state) {
    return state.equals("ok") || state.equals("paused") ? AlertStatus.RESOLVED : AlertStatus.FIRING;
  }

  private static @Nullable String stateReason(String state) {
    return switch (state) {
      case "paused" -> "Paused";
      case "pending" -> "Pending";
      default -> null;
    };
  }

  private static String title(Members top) {
    String name = name(top);
    String message = top.text("message");
    if (name == null) {
      return Text.line(message == null ? Wording.NAMELESS : message);
    }
    return Text.line(message == null ? name : name + ": " + message);
  }

  private static Map<String, Double> values(Members top) {
    Map<String, Double> values = new TreeMap<>();
    JsonNode matches = top.find("evalMatches");
    if (matches != null && matches.isArray()) {
      for (JsonNode match : matches) {
        JsonNode metric = match.get("metric");
        JsonNode value = match.get("value");
        double number = value == null ? Double.NaN : Members.number(value);
        if (metric != null && metric.isString() && Double.isFinite(number)) {
          values.putIfAbsent(Text.whole(metric.stringValue()), number);
        }
      }
    }
    return values;
  }
}
