// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.graph.ServiceEdge;
import dev.tocsin.schemas.incident.Relation;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkRulesTest {

  static final Instant T0 = Instant.parse("2026-11-22T10:00:00Z");
  static final ServiceGraph GRAPH =
      ServicesFile.read(
          "services.yml",
          """
          services:
            web: {depends-on: [checkout]}
            checkout: {depends-on: [payments, cart]}
            payments: {depends-on: [postgres]}
            cart: {depends-on: [postgres]}
            postgres:
            mail:
          """);

  private final LinkRules rules =
      new LinkRules(CorrelationSettings.DEFAULT, GRAPH, Companions.NONE);

  static Sighting of(@Nullable String service, long seconds, Map<String, String> labels) {
    return new Sighting(
        "inc_" + service + seconds,
        1,
        "1",
        service,
        service + " is down",
        Severity.ERROR,
        T0.plusSeconds(seconds),
        labels,
        null,
        null,
        false,
        null,
        null,
        0);
  }

  /** Two services, how many seconds lie between them, what relates them, and how surely. */
  @ParameterizedTest
  @CsvSource({
    "checkout, payments,   0, DEPENDENCY,        0.8",
    "payments, checkout,   0, DEPENDENCY,        0.8",
    "checkout, payments, 600, DEPENDENCY,        0.4",
    "checkout, payments, 601, ,                  0",
    "checkout, postgres,   0, DEPENDENCY,        0.6",
    "web,      postgres,   0, ,                  0",
    "payments, cart,       0, SHARED_DEPENDENCY, 0.4",
    "payments, cart,     600, SHARED_DEPENDENCY, 0.2",
    "cart,     cart,       0, SAME_SERVICE,      0.7",
    "mail,     cart,       0, ,                  0",
    "unheard,  cart,       0, ,                  0",
    "unheard,  unheard,    0, SAME_SERVICE,      0.7",
  })
  void services_relateIncidents(
      String a, String b, long gap, Relation.@Nullable Kind kind, double confidence) {
    Optional<Link> link = rules.between(of(a, 0, Map.of()), of(b, gap, Map.of("x", "y")));
    if (kind == null) {
      assertThat(link).isEmpty();
    } else {
      assertThat(link.orElseThrow().confidence()).isEqualTo(confidence);
      assertThat(link.orElseThrow().reasons())
          .singleElement()
          .satisfies(reason -> assertThat(reason.kind()).isEqualTo(kind));
    }
  }

  @Test
  void dependencyOverAnother_isToldWithItsWay() {
    assertThat(
            rules
                .between(of("postgres", 0, Map.of()), of("checkout", 3, Map.of()))
                .orElseThrow()
                .reasons())
        .extracting(Relation.Reason::text)
        .containsExactly("checkout depends on postgres: checkout → cart → postgres");
  }

  @Test
  void otherCluster_isAnotherMatter_unlessTheyAreAtOneNode() {
    Sighting here = of("checkout", 0, Map.of("cluster", "a", "node", "n1"));
    assertThat(rules.between(here, of("payments", 0, Map.of("cluster", "b")))).isEmpty();
    assertThat(rules.between(here, of("payments", 0, Map.of("cluster", "a")))).isPresent();
    assertThat(rules.between(here, of("payments", 0, Map.of()))).isPresent();
    assertThat(
            rules
                .between(here, of("mail", 0, Map.of("cluster", "b", "node", "n1")))
                .orElseThrow()
                .reasons())
        .extracting(Relation.Reason::text)
        .containsExactly("both are at node n1");
  }

  @Test
  void reasons_addUp_theStrongestFirst() {
    Map<String, String> node = Map.of("node", "n1");
    Link link = rules.between(of("checkout", 0, node), of("payments", 0, node)).orElseThrow();
    assertThat(link.confidence()).isEqualTo(0.9);
    assertThat(link.reasons())
        .extracting(Relation.Reason::kind)
        .containsExactly(Relation.Kind.DEPENDENCY, Relation.Kind.SHARED_LABELS);
  }

  @Test
  void oneThatWasOverBefore_countsLess() {
    Sighting over = of("payments", 0, Map.of()).resolved(T0.plusSeconds(10));
    assertThat(rules.between(over, of("checkout", 20, Map.of())).orElseThrow().confidence())
        .isEqualTo(0.55);
    assertThat(rules.between(over, of("checkout", 5, Map.of())).orElseThrow().confidence())
        .isEqualTo(0.8);
  }

  @Test
  void learnedEdge_countsAsMuchAsItIsSure() {
    Companions learned =
        new Companions() {
          @Override
          public Set<String> of(String service) {
            return Set.of();
          }

          @Override
          public Optional<ServiceEdge> edge(String a, String b) {
            return Optional.of(
                new ServiceEdge(
                    "mail",
                    "cart",
                    ServiceEdge.Source.LEARNED,
                    true,
                    0.62,
                    7.0,
                    8.0,
                    40.0,
                    1e-9,
                    T0));
          }

          @Override
          public Optional<String> novelty(String a, String b) {
            return Optional.empty();
          }
        };
    Link link =
        new LinkRules(CorrelationSettings.DEFAULT, GRAPH, learned)
            .between(of("mail", 0, Map.of()), of("cart", 0, Map.of()))
            .orElseThrow();
    assertThat(link.confidence()).isEqualTo(0.62);
    assertThat(link.reasons())
        .extracting(Relation.Reason::text)
        .containsExactly(
            "cart and mail opened together 7 times out of 8, 40 times as often as by chance");
  }

  @ParameterizedTest
  @CsvSource({
    "checkout, cart payments postgres web",
    "postgres, cart checkout payments",
    "cart,     checkout payments postgres web",
    "mail,     ''",
    "unheard,  ''"
  })
  void near_isAllThatCouldBeLinked(String service, String near) {
    assertThat(String.join(" ", rules.near(service))).isEqualTo(near);
  }
}
