// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.console.problem.Refusal;
import dev.tocsin.schemas.endpoint.AddressPolicy;
import dev.tocsin.schemas.endpoint.EndpointPolicy;
import dev.tocsin.schemas.setting.Setting;
import dev.tocsin.testkit.endpoint.HostileEndpoint;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WishTest {

  private static final EndpointPolicy PUBLIC_ONLY = new EndpointPolicy(AddressPolicy.PUBLIC);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://hooks.example.com/tocsin",
        "http://hooks.example.com:8443/a?b=c",
        "https://93.184.216.34/x",
        "https://[2606:4700::1111]/x",
        "https://3com.example/x"
      })
  void addressOfTheOpenInternet_isTaken(String url) {
    assertThatCode(() -> wish(url).address(PUBLIC_ONLY)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not an address",
        "hooks.example.com",
        "file:///etc/passwd",
        "gopher://example.com/",
        "https://",
        "https:///path",
        "https://user:secret@example.com/",
        "https://good.com@evil.com/",
        "https://good.com\\@evil.com/",
        "https://example.com/#top",
        "http://localhost/",
        "http://LOCALHOST./",
        "http://db.internal/",
        "http://printer/",
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://2852039166/",
        "http://0251.0376.0251.0376/",
        "http://0x7f000001/",
        "http://0x7f.1/",
        "http://10.0.0.1/",
        "http://100.64.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://172.16.0.1/",
        "http://192.168.1.1/",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
        "http://0.0.0.0/",
        "http://[::1]/",
        "http://[::]/",
        "http://[::ffff:169.254.169.254]/",
        "http://[::127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[fd00::1]/",
        "http://[fe80::1]/",
        "http://[ff02::1]/"
      })
  void anyOtherAddress_isRefusedWithWords(String url) {
    assertThatThrownBy(() -> wish(url).address(PUBLIC_ONLY))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("url should be");
  }

  @Test
  void allowedNetwork_letsPrivateAddressesThrough() {
    EndpointPolicy tests =
        new EndpointPolicy(AddressPolicy.allowing(List.of("127.0.0.0/8", "fd00::/8")));
    for (String url :
        List.of("http://127.0.0.1:9/x", "http://localhost:9999/x", "http://[fd00::1]/x")) {
      assertThat(wish(url).address(tests)).isEqualTo(url);
    }
    assertThatThrownBy(() -> wish("http://10.0.0.1/").address(tests))
        .hasMessageContaining("tocsin.notifier.webhook.allowed-networks");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "dev.tocsin.*", "dev.tocsin.incident.*", "dev.tocsin.page.sent"})
  void knownEvent_isTaken(String pattern) {
    assertThat(events(List.of(pattern, pattern)).patterns()).containsExactly(pattern);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "dev.tocsin.incident",
        "incident.opened",
        "dev.*.opened",
        "dev.tocsin.pages.*"
      })
  void eventThatNeverHappens_isRefusedWithThoseThatDo(String pattern) {
    assertThatThrownBy(() -> events(List.of("*", pattern)).patterns())
        .hasMessageContaining("events[1] should be event types")
        .hasMessageContaining("dev.tocsin.ticket.created");
  }

  @Test
  void noEvents_areRefused() {
    assertThatThrownBy(() -> events(List.of()).patterns()).hasMessageContaining("events should be");
    assertThatThrownBy(() -> events(null).patterns()).hasMessageContaining("events should be");
  }

  @Test
  void filter_needsLabelsWithValues() {
    assertThat(filtered(new Setting.Filter(null, null)).checkedFilter()).isNull();
    assertThatThrownBy(
            () -> filtered(new Setting.Filter(null, Map.of("service", " "))).checkedFilter())
        .hasMessageContaining("filter.labels.service should be text of 1 to 200 characters");
  }

  private static Wish wish(String url) {
    return new Wish(url, List.of("*"), null);
  }

  private static Wish events(List<String> events) {
    return new Wish("https://example.com", events, null);
  }

  private static Wish filtered(Setting.Filter filter) {
    return new Wish("https://example.com", List.of("*"), filter);
  }

  static List<HostileEndpoint> hostile() {
    return HostileEndpoint.all().stream().filter(HostileEndpoint::refusedAtRegistration).toList();
  }

  @ParameterizedTest
  @MethodSource("hostile")
  @Tag("bad-input-75-76-79-80-81-82")
  void endpointWhoseTextGivesItAway_cannotBeRegistered(HostileEndpoint hostile) {
    assertThatThrownBy(() -> wish(hostile.url()).address(PUBLIC_ONLY)).isInstanceOf(Refusal.class);
  }
}
