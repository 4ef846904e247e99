// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointPolicyTest {

  private final EndpointPolicy policy = new EndpointPolicy(AddressPolicy.PUBLIC);
  private final EndpointPolicy withLoopback =
      new EndpointPolicy(AddressPolicy.allowing(List.of("127.0.0.0/8", "::1/128")));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://hooks.example.com/in",
        "https://hooks.example.com:8443/in?x=1&y=%20",
        "http://example.com",
        "https://xn--bcher-kva.example/",
        "https://93.184.215.14/in",
        "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/in",
        "HTTPS://Hooks.Example.COM/in",
        "https://localhost.example.com/",
        "https://hooks.example.com:443/",
        "https://hooks.example.com:1024/",
      })
  void publicEndpoint_mayBeUsed(String url) {
    assertThat(policy.faults(url)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1/",
        "http://169.254.169.254/",
        "http://[::ffff:169.254.169.254]/",
        "http://[::ffff:a9fe:a9fe]/",
        "http://2852039166/",
        "http://0xa9fea9fe/",
        "http://0251.0376.0251.0376/",
        "http://0xa9.0xfe.0xa9.0xfe/",
        "http://169.254.43518/",
        "http://127.1/",
        "http://127.0.1/",
        "http://0/",
        "http://0.0.0.0/",
        "http://00000177.1/",
        "http://1.2.3.4.5/",
        "http://256.1.1.1/",
        "http://93.184.215.014/",
        "http://10.1.2.3/",
        "http://172.16.0.1/",
        "http://172.31.255.255/",
        "http://192.168.1.1/",
        "http://100.64.0.1/",
        "http://198.18.0.1/",
        "http://198.19.255.255/",
        "http://192.0.2.1/",
        "http://224.0.0.1/",
        "http://240.0.0.1/",
        "http://255.255.255.255/",
      })
  void privateAddressInAnySpelling_isRefused(String url) {
    assertThat(policy.faults(url)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://[::1]/",
        "http://[0:0:0:0:0:0:0:1]/",
        "http://[::]/",
        "http://[::127.0.0.1]/",
        "http://[fd00::1]/",
        "http://[fc00::1]/",
        "http://[fe80::1]/",
        "http://[fe80::1%25eth0]/",
        "http://[fec0::1]/",
        "http://[ff02::1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[64:ff9b:1::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[2001::1]/",
        "http://[2001:db8::1]/",
        "http://[5f00::1]/",
        "http://[100::1]/",
      })
  void specialIpv6Address_isRefused(String url) {
    assertThat(policy.faults(url)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost/",
        "http://LOCALHOST:8080/",
        "http://a.localhost/",
        "http://printer.local/",
        "http://metadata.google.internal/",
        "http://kafka/",
        "http://nas.lan/",
      })
  void localName_isRefused(String url) {
    assertThat(policy.faults(url)).isNotEmpty();
    assertThat(withLoopback.faults(url)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://good.example@evil.example/",
        "https://good.example:pass@evil.example/",
        "https://good.example\\@evil.example/",
        "https://good.example#@evil.example/",
        "https://good.example%2f@evil.example/",
        "https://good.example%00.evil.example/",
        "https://good.example./",
        "https://good..example/",
        "https://-good.example/",
        "https://gооd.example/",
        "https://good.example/a b",
        "https://good.example/\r\nX-Evil: 1",
        "https://good.example/\u0000",
        " https://good.example/",
        "https:///path",
        "https://",
        "https:good.example",
        "//good.example/",
        "good.example",
        "",
        "https://[::1",
        "https://good.example:99999/",
        "https://good.example:-1/",
        "https://good.example:http/",
      })
  void trickInTheText_isRefused(String url) {
    assertThat(policy.faults(url)).isNotEmpty();
    assertThat(withLoopback.faults(url)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "gopher://example.com/",
        "jar:https://example.com/a.jar!/",
        "ftp://example.com/",
        "javascript:alert(1)",
        "data:text/plain,x",
      })
  void otherScheme_isRefused(String url) {
    assertThat(policy.faults(url)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 22, 25, 81, 444, 1023, 2375, 5432, 6379, 9092, 11211, 65_536})
  void portOfSomethingElse_isRefused(int port) {
    assertThat(policy.faults("https://example.com:" + port + "/")).isNotEmpty();
  }

  @Test
  void allowedNetwork_opensItsAddressesAndTheirPortsOnly() {
    assertThat(withLoopback.faults("http://127.0.0.1:6379/")).isEmpty();
    assertThat(withLoopback.faults("http://[::1]:8080/")).isEmpty();
    assertThat(withLoopback.faults("http://10.0.0.1/")).isNotEmpty();
    assertThat(withLoopback.faults("http://2130706433/")).isNotEmpty();
    assertThat(withLoopback.faults("http://example.com:6379/")).isNotEmpty();
  }

  @Test
  void longUrl_isRefused() {
    assertThat(policy.faults("https://example.com/" + "a".repeat(2048)))
        .containsExactly("the URL should have at most 2048 characters: has 2068");
  }

  @Test
  void severalFaults_areAllNamed() {
    assertThat(policy.faults("http://me@127.0.0.1:25/#x")).hasSize(4);
  }
}
