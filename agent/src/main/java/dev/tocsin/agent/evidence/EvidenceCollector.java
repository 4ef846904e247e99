// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.evidence;

import dev.tocsin.agent.guard.Masker;
import dev.tocsin.schemas.context.Evidence;
import dev.tocsin.schemas.incident.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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
        source.look(incident, now, file::add);
      }
    }
    return file;
  }

  /** What all sources have to say within a time. */
  public EvidenceFile all(Incident incident, Instant now, Duration within)
      throws InterruptedException {
    long start = System.nanoTime();
    List<Asked> all = new ArrayList<>();
    for (EvidenceSource source : sources) {
      List<Evidence> found = new CopyOnWriteArrayList<>();
      all.add(
          new Asked(
              source,
              found,
              threads.submit(
                  () -> {
                    source.look(incident, now, found::add);
                    return null;
                  })));
    }
    EvidenceFile file = new EvidenceFile(masker);
    for (Asked asked : all) {
      long allowed = Math.min(asked.source().timeout().toNanos(), within.toNanos());
      long left = Math.max(0, start + allowed - System.nanoTime());
      answer(asked, left, now).forEach(file::add);
    }
    return file;
  }

  /**
   * A source at work.
   *
   * @param found what it has told so far
   */
  private record Asked(EvidenceSource source, List<Evidence> found, Future<?> work) {}

  private static List<Evidence> answer(Asked asked, long nanos, Instant now)
      throws InterruptedException {
    try {
      asked.work().get(nanos, TimeUnit.NANOSECONDS);
      return asked.found();
    } catch (TimeoutException e) {
      asked.work().cancel(true);
      return cutOff(asked, "did not answer in time", now);
    } catch (ExecutionException e) {
      LOG.warn("evidence: {} failed", asked.source().name(), e.getCause());
      return cutOff(asked, "failed", now);
    }
  }

  /**
   * That a place said nothing, or not all, is evidence too: a reader must not take it for all being
   * well.
   */
  private static List<Evidence> cutOff(Asked asked, String why, Instant now) {
    List<Evidence> told = new ArrayList<>(asked.found());
    String name = asked.source().name();
    told.add(
        told.isEmpty()
            ? new Evidence("", name, name + ": no answer", why, "", now, null)
            : new Evidence(
                "",
                name,
                name + ": not all answered",
                why + ": the rest is missing",
                "",
                now,
                null));
    return told;
  }
}
