// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.hold;

import dev.tocsin.schemas.alert.HeldBy;
import dev.tocsin.schemas.hold.HoldFault;
import dev.tocsin.schemas.hold.InhibitionRule;
import dev.tocsin.schemas.hold.Inhibitor;
import dev.tocsin.schemas.hold.SilenceRule;
import dev.tocsin.schemas.setting.Setting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The silences, inhibition rules and inhibitors, as far as they have been read. One thread tells of
 * changes, any may ask. What cannot be understood holds nothing back.
 */
public final class HoldsInForce {

  private static final Logger LOG = LoggerFactory.getLogger(HoldsInForce.class);

  private final Map<String, SilenceRule> silences = new ConcurrentHashMap<>();
  private final Map<String, RuleInForce> rules = new ConcurrentHashMap<>();
  private final Map<String, Inhibitor> inhibitors = new ConcurrentHashMap<>();
  private final AtomicLong changes = new AtomicLong();

  /** Null takes a setting back. */
  public void put(String key, @Nullable Setting setting) {
    boolean known = silences.remove(key) != null | rules.remove(key) != null;
    try {
      switch (setting) {
        case Setting.Silence s -> silences.put(key, SilenceRule.of(s));
        case Setting.Inhibition i -> rules.put(key, ruleOf(i));
        case null, default -> {
          if (!known) {
            return;
          }
        }
      }
    } catch (HoldFault e) {
      LOG.warn("setting {} holds nothing back: {}", key, e.getMessage());
    }
    changes.incrementAndGet();
  }

  /** The silences, whether it is their time or not. */
  public List<Setting.Silence> silences() {
    return silences.values().stream().map(SilenceRule::silence).toList();
  }

  private RuleInForce ruleOf(Setting.Inhibition inhibition) {
    RuleInForce rule = new RuleInForce(InhibitionRule.of(inhibition));
    inhibitors.forEach(rule::add);
    return rule;
  }

  /** Null says that the condition fires no more. */
  public void put(String condition, @Nullable Inhibitor inhibitor) {
    Inhibitor before =
        inhibitor == null ? inhibitors.remove(condition) : inhibitors.put(condition, inhibitor);
    for (RuleInForce rule : rules.values()) {
      if (before != null) {
        rule.remove(condition, before);
      }
      if (inhibitor != null) {
        rule.add(condition, inhibitor);
      }
    }
    if (inhibitor == null) {
      changes.incrementAndGet();
    }
  }

  /** Grows whenever something that was held back may be so no longer. */
  public long changes() {
    return changes.get();
  }

  /** What holds a firing alert with these labels back; empty when nothing does. */
  public Optional<Hold> on(Map<String, String> labels, Instant now) {
    if (silences.isEmpty() && rules.isEmpty()) {
      return Optional.empty();
    }
    List<HeldBy> by = new ArrayList<>();
    for (SilenceRule silence : silences.values()) {
      silence
          .until(now)
          .filter(_ -> silence.matches(labels))
          .ifPresent(until -> by.add(heldBy(silence.silence(), until)));
    }
    for (RuleInForce rule : rules.values()) {
      rule.inhibitorOf(labels, now).ifPresent(i -> by.add(heldBy(rule.inhibition(), i)));
    }
    return by.isEmpty() ? Optional.empty() : Optional.of(Hold.of(by));
  }

  private static HeldBy heldBy(Setting.Silence silence, Instant until) {
    return new HeldBy(
        HeldBy.Kind.SILENCE,
        silence.id(),
        silence.version(),
        silence.reason(),
        silence.createdBy(),
        until,
        null);
  }

  private static HeldBy heldBy(Setting.Inhibition inhibition, Inhibitor inhibitor) {
    return new HeldBy(
        HeldBy.Kind.INHIBITION,
        inhibition.id(),
        inhibition.version(),
        inhibition.reason(),
        inhibition.createdBy(),
        inhibitor.until(),
        inhibitor.alertId());
  }

  /** Whether there is a rule that an inhibitor could matter to, or an inhibitor to take back. */
  public boolean knowInhibition() {
    return !rules.isEmpty() || !inhibitors.isEmpty();
  }

  /** Whether others may be held back while an alert with these labels fires. */
  public boolean mayInhibit(Map<String, String> labels) {
    return rules.values().stream().anyMatch(rule -> rule.isSource(labels));
  }
}
