// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.agent.SampleIncidents;
import dev.tocsin.agent.llm.MiniLm;
import dev.tocsin.agent.metrics.AgentMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KnowledgeTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final AgentMetrics metrics = new AgentMetrics(meters);

  /** The one test with the real embedding model. */
  @Test
  void similarIncident_isFoundByMeaning() throws InterruptedException {
    CountDownLatch embedded = new CountDownLatch(4);
    Embeddings embeddings =
        new Embeddings(
            () -> {
              Embedder real = MiniLm.load();
              return text -> {
                embedded.countDown();
                return real.embed(text);
              };
            },
            metrics);
    Knowledge knowledge = new Knowledge(embeddings, metrics);
    remember(knowledge, "inc_1", "Disk of database server is full");
    remember(knowledge, "inc_2", "Certificate of the shop expires tomorrow");
    knowledge.add(
        SampleIncidents.opened("inc_3", "No space left on device, postgres", SampleIncidents.NOW));
    knowledge.add(
        List.of(
            RunbookDirectory.parse(
                "disk", "# Free disk space\nDelete old database backups when the disk is full.")));
    assertThat(embedded.await(60, TimeUnit.SECONDS)).isTrue();

    Search search =
        knowledge.like("Disk almost full on the postgres database host", "inc_9", 3, LONG);

    List<Search.Hit> hits = ((Search.Found) search).hits();
    assertThat(hits)
        .extracting(hit -> hit.item().id())
        .contains("inc_1", "disk#0")
        .doesNotContain("inc_2", "inc_3");
    assertThat(
            ((KnownIncident)
                    hits.stream()
                        .map(Search.Hit::item)
                        .filter(KnownIncident.class::isInstance)
                        .findFirst()
                        .orElseThrow())
                .story())
        .contains("resolved after 1 min");
    embeddings.close();
  }

  @Test
  void storm_isDroppedAndCounted_andSearchesAreSkipped() throws InterruptedException {
    AtomicInteger embedded = new AtomicInteger();
    CountDownLatch release = new CountDownLatch(1);
    Embeddings embeddings =
        new Embeddings(
            () ->
                text -> {
                  embedded.incrementAndGet();
                  await(release);
                  return new float[] {1};
                },
            metrics);
    Knowledge knowledge = new Knowledge(embeddings, metrics);

    for (int i = 0; i < 20_000; i++) {
      remember(
          knowledge,
          "inc_" + i,
          "Service " + Integer.toString(i, 36).replaceAll("\\d", "x") + letters(i) + " is down");
    }
    for (int i = 0; i < 20; i++) {
      knowledge.like("question " + letters(i), "", 3, Duration.ZERO);
    }

    assertThat(embedded.get()).isLessThanOrEqualTo(1);
    assertThat(knowledge.like("another", "", 3, Duration.ofSeconds(5)))
        .isEqualTo(new Search.Skipped("skipped under load"));
    assertThat(meters.get("tocsin.knowledge.skipped").tag("what", "feed").counter().count())
        .isGreaterThan(18_000);
    assertThat(meters.get("tocsin.knowledge.size").gauge().value()).isEqualTo(2_000);
    release.countDown();
    embeddings.close();
  }

  @Test
  void textsThatDifferInNumbers_areEmbeddedOnce() throws InterruptedException {
    AtomicInteger embedded = new AtomicInteger();
    Embeddings embeddings =
        new Embeddings(
            () ->
                text -> {
                  embedded.incrementAndGet();
                  return new float[] {1};
                },
            metrics);
    Knowledge knowledge = new Knowledge(embeddings, metrics);
    for (int i = 0; i < 500; i++) {
      remember(knowledge, "inc_" + i, "Host " + i + " is down");
    }

    Search search =
        knowledge.like(
            KnownIncident.of(SampleIncidents.opened("inc_x", "Host 7 is down", SampleIncidents.NOW))
                .text(),
            "inc_x",
            3,
            LONG);

    assertThat(search).isInstanceOf(Search.Found.class);
    assertThat(embedded).hasValue(1);
    embeddings.close();
  }

  @Test
  void brokenModel_isSaid() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    Knowledge knowledge =
        new Knowledge(
            new Embeddings(
                () -> {
                  asked.countDown();
                  throw new UnsatisfiedLinkError("no native library here");
                },
                metrics),
            metrics);

    assertThat(knowledge.like("x", "", 3, LONG)).isInstanceOf(Search.Skipped.class);
    assertThat(((Search.Skipped) knowledge.like("x", "", 3, LONG)).reason())
        .contains("no native library here");
  }

  @Test
  void share_isATenthOfTime() {
    Share share = new Share(0.1, 1_000, 0);
    share.spend(1_000, 0);

    assertThat(share.until(0, 0)).isZero();
    share.spend(100, 0);
    assertThat(share.until(0, 0)).isEqualTo(1_000);
    assertThat(share.until(0, 1_000)).isZero();
    assertThat(share.until(1_000, 1_000_000)).isZero();
  }

  private static void remember(Knowledge knowledge, String id, String title) {
    knowledge.add(SampleIncidents.opened(id, title, SampleIncidents.BEGAN));
    knowledge.add(SampleIncidents.resolved(id, SampleIncidents.NOW));
  }

  /** A word of its own for each number, since numbers themselves are not told apart. */
  private static String letters(int i) {
    StringBuilder word = new StringBuilder();
    for (int rest = i + 1; rest > 0; rest /= 26) {
      word.append((char) ('a' + rest % 26));
    }
    return word.toString();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
