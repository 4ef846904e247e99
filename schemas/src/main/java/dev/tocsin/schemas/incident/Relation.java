// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.incident;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Another incident that has to do with one, and why.
 *
 * @param incidentId the other incident
 * @param service what it is about; null when its labels do not say
 * @param confidence from 0 to 1: a weight that the reasons add up to, no probability
 * @param reasons the strongest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Relation(
    String incidentId,
    @Nullable String service,
    String title,
    double confidence,
    List<Reason> reasons) {

  /**
   * One reason.
   *
   * @param text the same in words
   */
  public record Reason(Kind kind, String text) {}

  /** What relates two incidents that opened at about the same time. */
  public enum Kind {
    /** One service depends on the other. */
    DEPENDENCY,
    /** Both services depend on a third. */
    SHARED_DEPENDENCY,
    SAME_SERVICE,
    /** Something both run on, or are made of. */
    SHARED_LABELS,
    /** Incidents of the two services open together more often than by chance. */
    CO_OCCURRENCE,
    /** They never did so before, though both opened often. */
    NEW_TOGETHER,
    /** One is the storm that speaks for the other. */
    STORM
  }
}
