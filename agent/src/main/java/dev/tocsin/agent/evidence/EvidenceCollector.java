// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.evidence;

import dev.tocsin.agent.guard.Masker;
import dev.tocsin.agent.telemetry.TelemetryException;
import dev.tocsin.schemas.context.Evidence;
import dev.tocsin.schemas.incident.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks all sources of evidence at the same time; one that fails or is slow costs only itself. */
public final class EvidenceCollector {

  private static final Logger LOG = LoggerFactory.getLogger(EvidenceCollector.class);

  private final List<EvidenceSource> sources;
  private final Masker masker;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * @param sources in the order their evidence is to stand
   */
  public EvidenceCollector(List<EvidenceSource> sources, Masker masker) {
    this.sources = List.copyOf(sources);
    this.masker = masker;
  }

  /** What is known without asking anybody. */
  public EvidenceFile cheap(Incident incident, Instant now) throws InterruptedException {
    EvidenceFile file = new EvidenceFile(masker);
    for (EvidenceSource source : sources) {
      if (source.isCheap()) {
        look(source, incident, now).forEach(file::add);
      }
    }
    return file;
  }

  /** What all sources have to say within a time. */
  public EvidenceFile all(Incident incident, Instant now, Duration within)
      throws InterruptedException {
    long start = System.nanoTime();
    List<Future<List<Evidence>>> asked = new ArrayList<>();
    for (EvidenceSource source : sources) {
      asked.add(threads.submit(() -> look(source, incident, now)));
    }
    EvidenceFile file = new EvidenceFile(masker);
    for (int i = 0; i < sources.size(); i++) {
      EvidenceSource source = sources.get(i);
      long allowed = Math.min(source.timeout().toNanos(), within.toNanos());
      long left = Math.max(0, start + allowed - System.nanoTime());
      answer(source, asked.get(i), left, now).forEach(file::add);
    }
    return file;
  }

  private List<Evidence> answer(
      EvidenceSource source, Future<List<Evidence>> asked, long nanos, Instant now)
      throws InterruptedException {
    try {
      return asked.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      asked.cancel(true);
      return nothing(source, "did not answer in time", now);
    } catch (ExecutionException e) {
      LOG.warn("evidence: {} failed", source.name(), e.getCause());
      return nothing(source, "failed", now);
    }
  }

  private List<Evidence> look(EvidenceSource source, Incident incident, Instant now)
      throws InterruptedException {
    try {
      return source.look(incident, now);
    } catch (TelemetryException e) {
      return nothing(source, String.valueOf(e.getMessage()), now);
    }
  }

  /** That a place said nothing is evidence too: a reader must not take it for all being well. */
  private static List<Evidence> nothing(EvidenceSource source, String why, Instant now) {
    return List.of(
        new Evidence("", source.name(), source.name() + ": no answer", why, "", now, null));
  }
}
