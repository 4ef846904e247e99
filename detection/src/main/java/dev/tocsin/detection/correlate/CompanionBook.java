// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.correlate;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tocsin.schemas.graph.ServiceEdge;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.special.Beta;
import org.jspecify.annotations.Nullable;

/**
 * Learns which services' incidents open together.
 *
 * <p>Of the two, the one that opens more seldom is asked: of its n openings, k had the other's
 * within five minutes. If the two knew nothing of each other, each had the chance p = 1 - exp(-2 *
 * rate * 5 min). They are companions when the binomial tail P(X ≥ k), times the pairs compared, is
 * below 1 in 100. The confidence is the lower bound (Wilson, 95 %) of k/n. Who was first often
 * enough (P of that by tossing a coin ≤ 0.1) is taken for upstream. Counts forget ({@link
 * Decayed}).
 */
final class CompanionBook implements Companions {

  static final Duration TOGETHER = Duration.ofMinutes(5);

  /** When more services than this open together, it is a storm, and says nothing of any two. */
  static final int MOST_TOGETHER = 20;

  static final int MOST_PAIRS = 2_000;
  static final int MOST_SERVICES = 2_000;

  private static final double LEAST_TOGETHER = 3;
  private static final double CHANCE = 0.01;
  private static final double LEAST_CONFIDENCE = 0.2;
  private static final double BY_COIN = 0.1;

  /** A service has to have opened this often for it to be new with whom it does. */
  private static final double KNOWN_AFTER = 5;

  private static final Duration SHORTEST_HORIZON = Duration.ofHours(1);
  private static final double TOLD_AGAIN = 0.05;
  private static final double Z = 1.96;

  /** How often a service's incidents opened. */
  record Opens(Decayed count, Instant since, Instant last) {}

  /**
   * How often the incidents of two services opened together.
   *
   * @param leading how often that of the service whose name is first in the alphabet was first
   * @param newAt when they did so for the first time, though both had opened often; null otherwise
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Pair(
      String a,
      String b,
      Decayed together,
      Decayed leading,
      Instant last,
      @Nullable Instant newAt) {}

  private final Remembered<Opens> services = new Remembered<>();
  private final Remembered<Pair> pairs = new Remembered<>();
  private final Remembered<ServiceEdge> edges = new Remembered<>();
  private Instant since = Instant.MAX;
  private Instant latest = Instant.MIN;

  Remembered<Opens> services() {
    return services;
  }

  Remembered<Pair> pairs() {
    return pairs;
  }

  /** Learned edges, as they are to be told. */
  Remembered<ServiceEdge> edges() {
    return edges;
  }

  /** After all that was written down was put in again. */
  void restored() {
    for (Opens opens : services.all().values()) {
      since = earlier(since, opens.since());
      latest = opens.last().isAfter(latest) ? opens.last() : latest;
    }
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  /**
   * An incident of a service opens.
   *
   * @param before the other services of which one opened within {@link #TOGETHER} before
   */
  void opened(String service, List<String> before, Instant now) {
    latest = now;
    since = earlier(since, now);
    Opens known = services.get(service);
    boolean again = known != null && known.last().plus(TOGETHER).isAfter(now);
    if (before.size() > MOST_TOGETHER) {
      return;
    }
    for (String other : before) {
      together(service, other, now);
    }
    if (!again) {
      services.put(
          service,
          known == null
              ? new Opens(new Decayed(1, now), now, now)
              : new Opens(known.count().plusOne(now), known.since(), now));
    }
    for (Pair pair : List.copyOf(pairs.all().values())) {
      if (pair.a().equals(service) || pair.b().equals(service)) {
        judge(pair, now);
      }
    }
    keepMost(services, MOST_SERVICES, opens -> opens.count().at(now));
    keepMost(pairs, MOST_PAIRS, pair -> pair.together().at(now));
  }

  private void together(String service, String other, Instant now) {
    boolean leads = other.compareTo(service) < 0;
    String a = leads ? other : service;
    String b = leads ? service : other;
    Pair known = pairs.get(key(a, b));
    if (known != null && known.last().plus(TOGETHER).isAfter(now)) {
      return;
    }
    Pair next;
    if (known == null) {
      boolean isNews = opens(service, now) >= KNOWN_AFTER && opens(other, now) >= KNOWN_AFTER;
      next =
          new Pair(
              a, b, new Decayed(1, now), new Decayed(leads ? 1 : 0, now), now, isNews ? now : null);
    } else {
      next =
          new Pair(
              a,
              b,
              known.together().plusOne(now),
              leads ? known.leading().plusOne(now) : known.leading(),
              now,
              known.newAt());
    }
    pairs.put(key(a, b), next);
  }

  private double opens(String service, Instant now) {
    Opens opens = services.get(service);
    return opens == null ? 0 : opens.count().at(now);
  }

  /** What was learned long ago and never seen again is forgotten. */
  void review(Instant now) {
    for (String key : List.copyOf(edges.all().keySet())) {
      Pair pair = pairs.get(key);
      if (pair == null) {
        edges.remove(key);
      } else {
        judge(pair, now);
      }
    }
  }

  private void judge(Pair pair, Instant now) {
    String key = key(pair.a(), pair.b());
    ServiceEdge told = edges.get(key);
    ServiceEdge next = edge(pair, now);
    if (next == null) {
      edges.remove(key);
    } else if (told == null
        || told.directed() != next.directed()
        || !told.from().equals(next.from())
        || pair.last().equals(now)
        || Math.abs(told.confidence() - next.confidence()) >= TOLD_AGAIN) {
      edges.put(key, next);
    }
  }

  private @Nullable ServiceEdge edge(Pair pair, Instant now) {
    double k = pair.together().at(now);
    if (k < LEAST_TOGETHER) {
      return null;
    }
    double ofA = opens(pair.a(), now);
    double ofB = opens(pair.b(), now);
    double n = Math.max(k, Math.min(ofA, ofB));
    double p = chance(Math.max(ofA, ofB), now);
    double chance = Math.min(1, tail(k, n, p) * pairs.all().size());
    double confidence = Math.round(lowerBound(k, n) * 100) / 100.0;
    if (chance > CHANCE || confidence < LEAST_CONFIDENCE) {
      return null;
    }
    double leading = Math.min(k, pair.leading().at(now));
    boolean isFirst = leading * 2 >= k;
    boolean directed = tail(isFirst ? leading : k - leading, k, 0.5) <= BY_COIN;
    return new ServiceEdge(
        isFirst ? pair.b() : pair.a(),
        isFirst ? pair.a() : pair.b(),
        ServiceEdge.Source.LEARNED,
        directed,
        confidence,
        Math.round(k * 10) / 10.0,
        Math.round(n * 10) / 10.0,
        Math.round(k / (n * p) * 10) / 10.0,
        chance,
        now);
  }

  /** That an incident of a service opens within five minutes before or after any moment. */
  private double chance(double opens, Instant now) {
    Duration horizon = Decayed.horizon(since, now);
    long millis = Math.max(horizon.toMillis(), SHORTEST_HORIZON.toMillis());
    return -Math.expm1(-opens / millis * 2 * TOGETHER.toMillis());
  }

  /** P(X ≥ k) of n tries with probability p. Counts that forget are no whole numbers. */
  private static double tail(double k, double n, double p) {
    return k <= 0 ? 1 : Beta.regularizedBeta(p, k, n - k + 1);
  }

  private static double lowerBound(double k, double n) {
    double share = k / n;
    double z2 = Z * Z;
    double root = Math.sqrt(share * (1 - share) / n + z2 / (4 * n * n));
    return (share + z2 / (2 * n) - Z * root) / (1 + z2 / n);
  }

  /** Drops the smallest, and of equals the first in the alphabet. */
  private static <V> void keepMost(Remembered<V> kept, int most, ToDoubleFunction<V> size) {
    while (kept.all().size() > most) {
      kept.all().entrySet().stream()
          .min(
              Comparator.comparingDouble(
                      (Map.Entry<String, V> e) -> size.applyAsDouble(e.getValue()))
                  .thenComparing(Map.Entry.comparingByKey()))
          .map(Map.Entry::getKey)
          .ifPresent(kept::remove);
    }
  }

  @Override
  public Set<String> of(String service) {
    Set<String> others = new TreeSet<>();
    for (ServiceEdge edge : edges.all().values()) {
      addOther(service, edge.from(), edge.to(), others);
    }
    for (Pair pair : pairs.all().values()) {
      if (isNew(pair)) {
        addOther(service, pair.a(), pair.b(), others);
      }
    }
    return others;
  }

  private static void addOther(String service, String a, String b, Set<String> others) {
    if (service.equals(a)) {
      others.add(b);
    } else if (service.equals(b)) {
      others.add(a);
    }
  }

  @Override
  public Optional<ServiceEdge> edge(String a, String b) {
    return Optional.ofNullable(edges.get(a.compareTo(b) < 0 ? key(a, b) : key(b, a)));
  }

  @Override
  public Optional<String> novelty(String a, String b) {
    Pair pair = pairs.get(a.compareTo(b) < 0 ? key(a, b) : key(b, a));
    if (pair == null || !isNew(pair)) {
      return Optional.empty();
    }
    return Optional.of(
        "%s and %s opened often, and never together before, as far as is remembered"
            .formatted(pair.a(), pair.b()));
  }

  private boolean isNew(Pair pair) {
    return pair.newAt() != null && !pair.newAt().plus(TOGETHER).isBefore(latest);
  }

  private static String key(String a, String b) {
    return a + '\n' + b;
  }
}
