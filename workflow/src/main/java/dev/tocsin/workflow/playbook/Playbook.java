// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.playbook;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The steps a kind of incident gets.
 *
 * @param version changes whenever the file does, unless the file says what it is
 * @param condition CEL; null lets every incident through
 */
public record Playbook(
    String name,
    String version,
    Set<Trigger> on,
    @Nullable String condition,
    List<PlannedStep> steps) {

  /**
   * One numbered item.
   *
   * @param condition CEL; null is always met
   */
  public record PlannedStep(
      String name, String kind, Map<String, String> options, @Nullable String condition) {}
}
