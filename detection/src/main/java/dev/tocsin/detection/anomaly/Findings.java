// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.alert.GroupRule;
import dev.tocsin.schemas.anomaly.Anomaly;
import dev.tocsin.schemas.sample.Sample;
import java.util.Map;
import java.util.Optional;

/** What is reported of a judged sample, and to which alert group. */
public final class Findings {

  private final GroupRule rule;
  private final String org;
  private final AnomalySettings settings;

  /**
   * @param org whose series it is when the sample does not know its group
   */
  public Findings(GroupRule rule, String org, AnomalySettings settings) {
    this.rule = rule;
    this.org = org;
    this.settings = settings;
  }

  public Optional<Anomaly> of(Sample sample, Judgement judgement) {
    return judgement instanceof Judgement.Judged j && j.turn() != Judgement.Turn.NONE
        ? Optional.of(anomaly(sample, j))
        : Optional.empty();
  }

  private Anomaly anomaly(Sample sample, Judgement.Judged j) {
    GroupRule.Group group = group(sample);
    return new Anomaly(
        ContentId.of("ano", sample.series(), j.startedAt()),
        sample.series(),
        sample.name(),
        sample.labels(),
        j.turn() == Judgement.Turn.BACK ? Anomaly.Status.BACK : Anomaly.Status.OFF_BAND,
        settings.severity(),
        j.startedAt(),
        j.at(),
        j.value(),
        j.band().expected(),
        j.band().low(),
        j.band().high(),
        j.deviation(),
        j.score(),
        group.key(),
        group.labels(),
        sample.name() + ": " + j.explanation(),
        j.rarity().aspect(),
        j.rarity().surprise(),
        j.rarity().lastSeen(),
        j.forPeople(),
        Anomaly.Kind.METRIC,
        null);
  }

  /** The alert group of a sample's series. */
  public GroupRule.Group group(Sample sample) {
    Optional<GroupRule.Group> byLabels = rule.of(org, sample.labels());
    String known = sample.group();
    if (known != null) {
      return new GroupRule.Group(known, byLabels.map(GroupRule.Group::labels).orElse(Map.of()));
    }
    return byLabels.orElseGet(
        () -> new GroupRule.Group("series/" + sample.series(), sample.labels()));
  }
}
