// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.knowledge;

import dev.tocsin.agent.metrics.AgentMetrics;
import dev.tocsin.schemas.incident.IncidentEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered, in memory and bounded: the latest incidents, and runbooks by passage. A
 * search compares with all of it, which for some thousand vectors takes a millisecond.
 */
public final class Knowledge {

  private static final int MOST_INCIDENTS = 2_000;
  private static final int MOST_PASSAGES = 2_000;

  /** Below this, sentences of this trade have nothing but the trade in common. */
  private static final double ALIKE = 0.45;

  private final Embeddings embeddings;
  private final AgentMetrics metrics;
  private final LinkedHashMap<String, KnownIncident> incidents = new LinkedHashMap<>();
  private final LinkedHashMap<String, KnownIncident> open = new LinkedHashMap<>();
  private final Map<String, KnownIncident> past = new HashMap<>();
  private final Map<String, Passage> passages = new HashMap<>();
  private final Map<String, float[]> vectors = new HashMap<>();

  public Knowledge(Embeddings embeddings, AgentMetrics metrics) {
    this.embeddings = embeddings;
    this.metrics = metrics;
    metrics.knowledgeSize(this::size);
  }

  /** Takes in what happened to an incident. */
  public void add(IncidentEvent event) {
    KnownIncident now = after(event);
    if (now != null && event instanceof IncidentEvent.Opened) {
      embeddings.feed(now.text(), vector -> keep(now.id(), vector));
    }
  }

  /** Takes in runbooks. */
  public void add(List<Runbook> runbooks) {
    for (Runbook runbook : runbooks) {
      for (Passage passage : runbook.passages()) {
        synchronized (this) {
          if (passages.size() >= MOST_PASSAGES) {
            metrics.knowledgeSkipped("passage");
            return;
          }
          passages.put(passage.id(), passage);
        }
        embeddings.feed(passage.text(), vector -> keep(passage.id(), vector));
      }
    }
  }

  /** The open incidents that were opened last, without one. */
  public synchronized List<KnownIncident> latestOpen(String without, int most) {
    return open.sequencedValues().reversed().stream()
        .filter(known -> !known.id().equals(without))
        .limit(most)
        .toList();
  }

  /** How many incidents are open beside this one. */
  public synchronized int openBeside(String id) {
    return open.size() - (open.containsKey(id) ? 1 : 0);
  }

  /** What is most like a text: past incidents, and passages of runbooks. */
  public Search like(String text, String without, int most, Duration within)
      throws InterruptedException {
    String broken = embeddings.broken();
    if (broken != null) {
      return new Search.Skipped("there is no embedding model: " + broken);
    }
    Optional<CompletableFuture<float[]>> asked = embeddings.ask(text);
    if (asked.isEmpty()) {
      return skipped("skipped under load");
    }
    try {
      return new Search.Found(
          nearest(asked.get().get(within.toMillis(), TimeUnit.MILLISECONDS), without, most));
    } catch (TimeoutException e) {
      return skipped("the embedding model is still loading, or under load");
    } catch (ExecutionException e) {
      return skipped("the embedding model failed");
    }
  }

  private Search skipped(String reason) {
    metrics.knowledgeSkipped("search");
    return new Search.Skipped(reason);
  }

  private synchronized int size() {
    return incidents.size() + passages.size();
  }

  private synchronized @Nullable KnownIncident after(IncidentEvent event) {
    KnownIncident before = incidents.get(event.incidentId());
    KnownIncident now =
        before != null
            ? before.after(event)
            : event instanceof IncidentEvent.Opened opened ? KnownIncident.of(opened) : null;
    if (now == null || now.equals(before)) {
      return null;
    }
    incidents.put(now.id(), now);
    if (now.isOpen()) {
      open.put(now.id(), now);
      past.remove(now.id());
    } else {
      open.remove(now.id());
      past.put(now.id(), now);
    }
    if (incidents.size() > MOST_INCIDENTS) {
      String oldest = incidents.keySet().iterator().next();
      incidents.remove(oldest);
      open.remove(oldest);
      past.remove(oldest);
      vectors.remove(oldest);
    }
    return now;
  }

  private synchronized void keep(String id, float[] vector) {
    if (incidents.containsKey(id) || passages.containsKey(id)) {
      vectors.put(id, vector);
    }
  }

  private synchronized List<Search.Hit> nearest(float[] to, String without, int most) {
    List<Search.Hit> hits = new ArrayList<>();
    for (Map<String, ? extends Item> items : List.of(past, passages)) {
      items.forEach(
          (id, item) -> {
            float[] vector = vectors.get(id);
            double similarity = vector == null || id.equals(without) ? 0 : cosine(to, vector);
            if (similarity >= ALIKE) {
              hits.add(new Search.Hit(item, similarity));
            }
          });
    }
    hits.sort(Comparator.comparingDouble(Search.Hit::similarity).reversed());
    return hits.stream().limit(most).toList();
  }

  /** Both have length 1. */
  private static double cosine(float[] a, float[] b) {
    double product = 0;
    for (int i = 0; i < a.length; i++) {
      product += a[i] * b[i];
    }
    return product;
  }
}
