// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.correlate;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When incidents are said to have to do with each other.
 *
 * @param servicesFile which service depends on which, in YAML; null when nobody wrote it down
 * @param window how far apart two related incidents may open
 * @param maxHops how many dependencies may lie between their services
 * @param settle how long after an incident opened it is first said what it is related to
 * @param serviceLabels the first of these that an incident has names its service
 * @param scopeLabels incidents that differ in one of these are not related by their services
 * @param sharedLabels what two services may both run on, or be made of
 * @param learn whether edges are learned from what opens together
 */
public record CorrelationSettings(
    @Nullable String servicesFile,
    @DefaultValue("10m") Duration window,
    @DefaultValue("2") int maxHops,
    @DefaultValue("5s") Duration settle,
    @DefaultValue({"service", "service_name", "app", "job"}) List<String> serviceLabels,
    @DefaultValue({"cluster", "environment", "env"}) List<String> scopeLabels,
    @DefaultValue({"node", "host", "hostname", "instance", "pod"}) List<String> sharedLabels,
    @DefaultValue("true") boolean learn) {

  private static final String PREFIX = "tocsin.detection.correlation.";
  private static final Duration LONGEST = Duration.ofHours(6);
  private static final int MOST_HOPS = 8;

  public static final CorrelationSettings DEFAULT =
      new CorrelationSettings(
          null,
          Duration.ofMinutes(10),
          2,
          Duration.ofSeconds(5),
          List.of("service", "service_name", "app", "job"),
          List.of("cluster", "environment", "env"),
          List.of("node", "host", "hostname", "instance", "pod"),
          true);

  public CorrelationSettings {
    if (!window.isPositive() || window.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          PREFIX + "window should be more than 0s and at most 6h: was " + window);
    }
    if (maxHops < 1 || maxHops > MOST_HOPS) {
      throw new IllegalArgumentException(
          PREFIX + "max-hops should be between 1 and " + MOST_HOPS + ": was " + maxHops);
    }
    if (settle.isNegative() || settle.compareTo(window) > 0) {
      throw new IllegalArgumentException(
          PREFIX + "settle should be between 0s and the window, " + window + ": was " + settle);
    }
    if (serviceLabels.isEmpty()) {
      throw new IllegalArgumentException(
          PREFIX + "service-labels should name one label at least: named none");
    }
  }
}
