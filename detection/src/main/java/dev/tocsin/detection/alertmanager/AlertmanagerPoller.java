// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.alertmanager;

import dev.tocsin.detection.alertmanager.ForeignSilences.UnusableAnswerException;
import dev.tocsin.schemas.setting.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Asks an Alertmanager for its silences now and then, and writes what changed as settings: so all
 * instances know it, and it outlives a restart of either.
 *
 * <p>While it does not answer, what was known last is in force until it ends by itself.
 */
public final class AlertmanagerPoller implements SmartLifecycle {

  static final Duration EVERY = Duration.ofSeconds(10);

  private static final int MOST_SILENCES = 1_000;
  private static final int MOST_BYTES = 8 << 20;
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(AlertmanagerPoller.class);

  private final URI silences;
  private final Supplier<List<Setting.Silence>> known;
  private final Consumer<Setting.Silence> written;
  private final InstantSource clock;
  private final Set<String> refused = new HashSet<>();

  private volatile @Nullable String failure = "not asked yet";
  private volatile @Nullable Instant answeredAt;
  private @Nullable ScheduledExecutorService turns;
  private @Nullable HttpClient client;

  /**
   * @param known the silences in force, whoever made them
   * @param written where changes go
   */
  public AlertmanagerPoller(
      String url,
      Supplier<List<Setting.Silence>> known,
      Consumer<Setting.Silence> written,
      InstantSource clock) {
    this.silences = endpoint(url);
    this.known = known;
    this.written = written;
    this.clock = clock;
  }

  private static URI endpoint(String url) {
    try {
      URI base = URI.create(url.replaceAll("/+$", ""));
      if (("http".equals(base.getScheme()) || "https".equals(base.getScheme()))
          && base.getHost() != null) {
        return URI.create(base + "/api/v2/silences");
      }
    } catch (IllegalArgumentException e) {
      LOG.debug("no URL", e);
    }
    throw new IllegalArgumentException(
        "tocsin.detection.alertmanager-url should be like http://alertmanager:9093: was " + url);
  }

  @Override
  public synchronized void start() {
    HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER_WITHIN).build();
    ScheduledExecutorService ticking =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("alertmanager-silences").factory());
    client = http;
    turns = ticking;
    ticking.scheduleWithFixedDelay(() -> poll(http), 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    LOG.info("silences of {} are honoured", silences);
  }

  private void poll(HttpClient http) {
    try {
      take(ForeignSilences.read(ask(http), MOST_SILENCES));
      if (failure != null && answeredAt != null) {
        LOG.info("{} answers again", silences);
      }
      failure = null;
      answeredAt = clock.instant();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (IOException | UnusableAnswerException | RuntimeException e) {
      failed(e);
    }
  }

  private byte[] ask(HttpClient http)
      throws IOException, InterruptedException, UnusableAnswerException {
    HttpRequest request = HttpRequest.newBuilder(silences).timeout(ANSWER_WITHIN).GET().build();
    HttpResponse<InputStream> response =
        http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      byte[] bytes = body.readNBytes(MOST_BYTES + 1);
      if (response.statusCode() != 200) {
        throw new UnusableAnswerException("HTTP " + response.statusCode());
      }
      if (bytes.length > MOST_BYTES) {
        throw new UnusableAnswerException("the answer is longer than " + MOST_BYTES + " bytes");
      }
      return bytes;
    }
  }

  private void take(ForeignSilences found) {
    found
        .refused()
        .forEach(
            (id, why) -> {
              if (refused.add(id)) {
                LOG.warn("silence {} at {} holds nothing back here: {}", id, silences, why);
              }
            });
    refused.retainAll(found.refused().keySet());
    for (Setting.Silence change : found.changes(known.get(), clock.instant())) {
      LOG.info(
          "{} of {}: {}",
          change.id(),
          change.createdBy(),
          change.expiredAt() == null ? "in force until " + change.endsAt() : "ended there");
      written.accept(change);
    }
  }

  private void failed(Exception e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    if (!message.equals(failure)) {
      LOG.warn("{}: {}; silences known from it stay in force until they end", silences, message);
    }
    failure = message;
  }

  /** Why it had no usable answer the last time; empty when it had one. */
  Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /** When it last had a usable answer; empty when it never had. */
  Optional<Instant> answeredAt() {
    return Optional.ofNullable(answeredAt);
  }

  @Override
  public synchronized void stop() {
    if (turns != null && client != null) {
      turns.shutdownNow();
      client.shutdownNow();
      turns = null;
      client = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return turns != null;
  }
}
