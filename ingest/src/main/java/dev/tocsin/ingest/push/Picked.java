// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.push;

import dev.tocsin.schemas.sample.Sample;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What of a batch is watched, and what became of the rest. */
public final class Picked {

  /** So many faults are told: one sender makes the same one over and over. */
  private static final int TOLD = 5;

  private final List<Sample> samples = new ArrayList<>();
  private final Map<PushOutcome, Integer> counts = new EnumMap<>(PushOutcome.class);
  private final List<String> faults = new ArrayList<>();
  private final List<Runnable> once = new ArrayList<>();

  void take(Sample sample) {
    samples.add(sample);
    count(PushOutcome.WRITTEN, 1);
  }

  void count(PushOutcome outcome, int samples) {
    if (samples > 0) {
      counts.merge(outcome, samples, Integer::sum);
    }
  }

  void fault(String fault) {
    if (faults.size() < TOLD) {
      faults.add(fault);
    }
  }

  void onceWritten(Runnable action) {
    once.add(action);
  }

  /** In the order in which they came. */
  public List<Sample> samples() {
    return samples;
  }

  /** Every sample once, and what is no sample as well. */
  public Map<PushOutcome, Integer> counts() {
    return counts;
  }

  /** What is wrong, the first few; empty when nothing is. */
  public List<String> faults() {
    return faults;
  }

  /** Samples that were dealt with as configured: what remote write calls written. */
  public int asMeant() {
    return counts.entrySet().stream()
        .filter(count -> count.getKey().isAsMeant())
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  /** All of them are durable, so the next ones are compared with them. */
  public void written() {
    once.forEach(Runnable::run);
  }
}
