// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.sentinel;

import java.io.PrintStream;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code ./tocsin sentinel}: watches until it is interrupted. */
public final class SentinelCommand {

  private static final int REFUSED = 2;
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private SentinelCommand() {}

  /**
   * Returns 0 when the thread is interrupted, and 2 at once when the environment does not say
   * enough.
   */
  public static int run(Map<String, String> env, PrintStream out) {
    return run(env, out, InstantSource.system());
  }

  static int run(Map<String, String> env, PrintStream out, InstantSource clock) {
    SentinelSettings settings;
    try {
      settings = SentinelSettings.from(env);
    } catch (SentinelSettings.RefusedException e) {
      out.println(e.getMessage());
      return REFUSED;
    }
    out.println(
        settings.way() == null
            ? "watching %s every %s; with %s set, beats go the whole way"
                .formatted(
                    settings.watch(), inWords(settings.every()), SentinelSettings.INGEST_TOKEN)
            : "sending beats to %s every %s"
                .formatted(settings.way().ingest(), inWords(settings.every())));
    try (HttpClient http =
        HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build()) {
      watch(settings, http, clock, out);
    }
    return 0;
  }

  private static String inWords(Duration length) {
    return length.toMillis() % 1000 == 0 ? length.toSeconds() + " s" : length.toMillis() + " ms";
  }

  /** Beats prove more than health: with them, health is not asked. */
  private static Watched watched(SentinelSettings settings, HttpClient http, InstantSource clock) {
    return settings.way() == null
        ? new Health(http, settings.watch(), TIMEOUT)
        : new Beats(http, settings.way(), TIMEOUT, clock.instant());
  }

  private static void watch(
      SentinelSettings settings, HttpClient http, InstantSource clock, PrintStream out) {
    Sentinel sentinel =
        new Sentinel(
            watched(settings, http, clock),
            new PagerDuty(http, settings, TIMEOUT),
            settings.patience(),
            clock,
            out);
    try {
      while (!Thread.currentThread().isInterrupted()) {
        sentinel.look();
        TimeUnit.MILLISECONDS.sleep(settings.every().toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    out.println("the watch is over");
  }
}
