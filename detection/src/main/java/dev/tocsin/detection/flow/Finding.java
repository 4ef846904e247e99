// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.flow;

import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.anomaly.Anomaly;
import java.time.Instant;

/**
 * Something unusual that begins or is over.
 *
 * @param startedAt when it began: with kind and subject, its identity
 * @param value what was measured, in the unit that the words say
 * @param high from where on it is unusual
 * @param surprise how rare: one in 10 to the power of it
 */
public record Finding(
    Anomaly.Kind kind,
    Subject subject,
    boolean begins,
    Instant startedAt,
    Instant at,
    double value,
    double expected,
    double low,
    double high,
    double surprise,
    String words) {

  /** A surprise of four, one in ten thousand, is a score of a half. */
  private static final double HALF = 4;

  /**
   * @param group where it is told: for most, the subject's own
   */
  public Anomaly anomaly(String group) {
    String series = "flow/" + kind.name().toLowerCase(java.util.Locale.ROOT) + '/' + subject.key();
    double width = Math.max(1e-9, high - expected);
    return new Anomaly(
        ContentId.of("ano", series, startedAt),
        series,
        "alerts of " + subject.name(),
        subject.labels(),
        begins ? Anomaly.Status.OFF_BAND : Anomaly.Status.BACK,
        Severity.WARNING,
        startedAt,
        at,
        value,
        expected,
        low,
        high,
        (value - expected) / width,
        surprise / (surprise + HALF),
        group,
        subject.labels(),
        words,
        null,
        surprise,
        null,
        begins && kind == Anomaly.Kind.MISSING_HEARTBEAT,
        kind,
        null);
  }
}
