// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.knowledge;

import dev.tocsin.agent.metrics.AgentMetrics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One slow thread that embeds texts, within a small share of a core.
 *
 * <p>Questions go before what is fed, and are refused rather than kept waiting; of what is fed, the
 * oldest is dropped when there is too much. Equal texts are embedded once. The model is loaded by
 * the first text, on this thread: nobody waits for it at start.
 */
public final class Embeddings implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Embeddings.class);

  private static final double SHARE_OF_A_CORE = 0.1;
  private static final long MOST_SAVED = Duration.ofMillis(1_000).toNanos();

  /** What is fed leaves this much to questions. */
  private static final long KEPT_FOR_QUESTIONS = MOST_SAVED / 2;

  private static final int MOST_QUESTIONS = 8;
  private static final int MOST_FED = 1_000;
  private static final int MOST_REMEMBERED = 3_000;

  private final Supplier<Embedder> loader;
  private final AgentMetrics metrics;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final ArrayDeque<Question> questions = new ArrayDeque<>();
  private final ArrayDeque<Fed> fed = new ArrayDeque<>();
  private final Map<String, float[]> remembered = new LinkedHashMap<>();
  private final Share share = new Share(SHARE_OF_A_CORE, MOST_SAVED, System.nanoTime());
  private @Nullable String broken;
  private boolean closed;

  private record Question(String text, CompletableFuture<float[]> answer) {}

  private record Fed(String text, Consumer<float[]> then) {}

  /**
   * @param loader takes a second or two, and is asked once
   */
  public Embeddings(Supplier<Embedder> loader, AgentMetrics metrics) {
    this.loader = loader;
    this.metrics = metrics;
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .name("embeddings")
            .priority(Thread.MIN_PRIORITY)
            .unstarted(this::run);
  }

  /** Has a text embedded some time, or never when there is too much to do. */
  void feed(String text, Consumer<float[]> then) {
    float[] known = remembered(text);
    if (known != null) {
      then.accept(known);
      return;
    }
    lock.lock();
    try {
      if (fed.size() >= MOST_FED) {
        fed.removeFirst();
        metrics.knowledgeSkipped("feed");
      }
      fed.addLast(new Fed(text, then));
      wake();
    } finally {
      lock.unlock();
    }
  }

  /** Has a text embedded soon; empty when there is too much to do. */
  Optional<CompletableFuture<float[]>> ask(String text) {
    lock.lock();
    try {
      float[] known = remembered.get(text);
      if (known != null) {
        return Optional.of(CompletableFuture.completedFuture(known));
      }
      if (questions.size() >= MOST_QUESTIONS || share.until(0, System.nanoTime()) > 0) {
        return Optional.empty();
      }
      Question question = new Question(text, new CompletableFuture<>());
      questions.addLast(question);
      wake();
      return Optional.of(question.answer());
    } finally {
      lock.unlock();
    }
  }

  /** Why nothing can be embedded at all; null while it can. */
  @Nullable String broken() {
    lock.lock();
    try {
      return broken;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  private void wake() {
    if (thread.getState() == Thread.State.NEW) {
      thread.start();
    }
    work.signal();
  }

  private void run() {
    try {
      Embedder model = load();
      for (Runnable next = next(model); next != null; next = next(model)) {
        next.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | LinkageError e) {
      LOG.warn("similar incidents are not searched for: the embedding model failed", e);
      breakDown(String.valueOf(e.getMessage()));
    }
  }

  private Embedder load() {
    long start = System.nanoTime();
    Embedder loaded = loader.get();
    LOG.info("embedding model loaded in {} ms", (System.nanoTime() - start) / 1_000_000);
    return loaded;
  }

  private @Nullable Runnable next(Embedder model) throws InterruptedException {
    lock.lock();
    try {
      while (!closed) {
        Question question = questions.pollFirst();
        if (question != null) {
          return () -> question.answer().complete(embed(model, question.text()));
        }
        long wait = share.until(KEPT_FOR_QUESTIONS, System.nanoTime());
        if (fed.isEmpty()) {
          work.await();
        } else if (wait > 0) {
          work.await(wait, TimeUnit.NANOSECONDS);
        } else {
          Fed next = fed.removeFirst();
          return () -> next.then().accept(embed(model, next.text()));
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  private float @Nullable [] remembered(String text) {
    lock.lock();
    try {
      return remembered.get(text);
    } finally {
      lock.unlock();
    }
  }

  private float[] embed(Embedder model, String text) {
    float[] known = remembered(text);
    if (known != null) {
      return known;
    }
    long start = System.nanoTime();
    float[] vector = model.embed(text);
    long end = System.nanoTime();
    lock.lock();
    try {
      share.spend(end - start, end);
      remembered.put(text, vector);
      if (remembered.size() > MOST_REMEMBERED) {
        remembered.remove(remembered.keySet().iterator().next());
      }
    } finally {
      lock.unlock();
    }
    return vector;
  }

  private void breakDown(String why) {
    lock.lock();
    try {
      broken = why;
      questions.forEach(q -> q.answer().completeExceptionally(new IllegalStateException(why)));
      questions.clear();
      fed.clear();
    } finally {
      lock.unlock();
    }
  }
}
