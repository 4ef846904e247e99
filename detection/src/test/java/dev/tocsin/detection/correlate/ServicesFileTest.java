// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.correlate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServicesFileTest {

  @Test
  void file_isAGraph() {
    ServiceGraph graph =
        ServicesFile.read(
            "services.yml",
            """
            services:
              checkout: {depends-on: [payments, cart]}
              payments:
                depends-on:
                  - postgres
              cart:
              postgres:
            """);
    assertThat(graph.services()).containsExactly("cart", "checkout", "payments", "postgres");
    assertThat(graph.way("checkout", "postgres"))
        .containsExactly("checkout", "payments", "postgres");
    assertThat(graph.way("postgres", "checkout")).isEmpty();
    assertThat(graph.shared("checkout", "cart")).isEmpty();
  }

  @Test
  void allFaults_areToldAtOnce_withTheirLines() {
    assertThatThrownBy(
            () ->
                ServicesFile.read(
                    "services.yml",
                    """
                    services:
                      checkout: {depends-on: [payment, cart, cart]}
                      payments: {depends_on: [postgres]}
                      cart: {depends-on: checkout}
                      cart:
                      postgres: 5
                    owner: me
                    """))
        .isInstanceOf(ServicesFaultsException.class)
        .hasMessage(
            """
            7 faults in the services file:
              services.yml:2: service 'checkout' depends on 'cart' twice
              services.yml:2: service 'checkout' depends on 'payment', which is not among the \
            services: did you mean 'payments'?
              services.yml:3: service 'payments': 'depends_on': the only key here is depends-on
              services.yml:4: service 'cart': depends-on should be a list, as in [payments, cart]
              services.yml:5: service 'cart' again, it is in line 4 already
              services.yml:6: service 'postgres' should be empty, or {depends-on: [...]}
              services.yml:7: 'owner': the only key here is services"""
                .stripIndent());
  }

  @Test
  void cycle_isRefused_andNamed() {
    assertThatThrownBy(
            () ->
                ServicesFile.read(
                    "services.yml",
                    """
                    services:
                      a: {depends-on: [b]}
                      b: {depends-on: [c]}
                      c:
                        depends-on:
                          - a
                      d: {depends-on: [d]}
                    """))
        .hasMessageContaining("2 faults")
        .hasMessageContaining(
            "services.yml:2: a cycle: a depends on b (line 2), b depends on c (line 3),"
                + " c depends on a (line 6). Leave out the one that matters least: a cycle has no"
                + " first cause")
        .hasMessageContaining("services.yml:7: a cycle: d depends on d (line 7).");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''              | :1: should be a map",
        "[checkout]      | :1: should be a map",
        "services: [a]   | :1: services should be a map",
        "other: {a: }    | :1: 'other': the only key here is services",
        "services: {a: [ | :1: not YAML",
        "services: {*b : } | :1: not YAML"
      })
  void whatIsNoMapOfServices_isRefused(String text, String says) {
    assertThatThrownBy(() -> ServicesFile.read("services.yml", text))
        .hasMessageContaining("services.yml" + says);
  }

  @Test
  void fileThatIsNotThere_isRefusedWithItsSetting(@TempDir Path folder) {
    assertThatThrownBy(() -> ServicesFile.read(folder.resolve("none.yml")))
        .hasMessageContaining("none.yml:1: cannot be read")
        .hasMessageContaining("tocsin.detection.correlation.services-file should name a file");
  }

  @Test
  void longWay_isNotFollowedForEver() {
    StringBuilder text = new StringBuilder("services:\n");
    for (int i = 0; i < 9_000; i++) {
      text.append("  s").append(i).append(": {depends-on: [s").append(i + 1).append("]}\n");
    }
    ServiceGraph graph = ServicesFile.read("services.yml", text + "  s9000:\n");
    assertThat(graph.way("s0", "s16")).hasSize(17);
    assertThat(graph.way("s0", "s17")).isEmpty();
  }
}
