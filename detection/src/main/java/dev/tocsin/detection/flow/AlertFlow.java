// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.flow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a report, or the time that passes, says about the flow of alerts of one organisation. */
public final class AlertFlow {

  private static final long MINUTE_MILLIS = 60_000;

  private final Memory memory;

  /** What is remembered. What it gives is changed, and put back. */
  public interface Memory {

    @Nullable KeyFlow key(String identity);

    void put(String identity, KeyFlow key);

    @Nullable ScopeFlow scope(String key);

    void put(String key, ScopeFlow scope);
  }

  public AlertFlow(Memory memory) {
    this.memory = memory;
  }

  /** The minute of a time in milliseconds. */
  public static long minute(long millis) {
    return Math.floorDiv(millis, MINUTE_MILLIS);
  }

  /**
   * An alert is reported.
   *
   * @param now when, in milliseconds: never earlier than before
   */
  public List<Finding> hear(Report report, long now) {
    List<Finding> found = new ArrayList<>();
    long minute = minute(now);
    Map<String, ScopeFlow> scopes = new LinkedHashMap<>();
    for (Subject subject : subjects(report)) {
      ScopeFlow scope = memory.scope(subject.key());
      if (scope == null) {
        scope = new ScopeFlow(subject);
      }
      found.addAll(scope.advance(minute));
      scopes.put(subject.key(), scope);
    }
    KeyFlow key = memory.key(report.identity());
    if (key == null) {
      key = KeyFlow.of(report);
    }
    KeyRules rules = new KeyRules(key, now);
    ScopeFlow service = scopes.values().iterator().next();
    if (rules.hear(report, service.novelty())) {
      scopes.values().forEach(scope -> scope.count(minute, report));
    }
    found.addAll(rules.found());
    memory.put(report.identity(), key);
    scopes.forEach(memory::put);
    return found;
  }

  /** The service is the first. */
  private static List<Subject> subjects(Report report) {
    return report.team().isEmpty()
        ? List.of(Subject.service(report), Subject.everything(report))
        : List.of(Subject.service(report), Subject.team(report), Subject.everything(report));
  }

  /** A minute is over for a service, a team or everything. */
  public List<Finding> minuteOver(String scopeKey, long now) {
    ScopeFlow scope = memory.scope(scopeKey);
    if (scope == null) {
      return List.of();
    }
    List<Finding> found = scope.advance(minute(now));
    memory.put(scopeKey, scope);
    return found;
  }

  /** A timer rang for an alert. */
  public List<Finding> due(String identity, long now) {
    KeyFlow key = memory.key(identity);
    if (key == null) {
      return List.of();
    }
    key.timerAt(-1);
    KeyRules rules = new KeyRules(key, now);
    rules.due();
    memory.put(identity, key);
    return rules.found();
  }
}
