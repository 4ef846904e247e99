// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {

  @ParameterizedTest
  @CsvSource({
    "172.15.255.255, true",
    "172.16.0.0, false",
    "172.31.255.255, false",
    "172.32.0.0, true",
    "100.63.255.255, true",
    "100.64.0.0, false",
    "100.127.255.255, false",
    "100.128.0.0, true",
    "198.17.255.255, true",
    "198.18.0.0, false",
    "198.20.0.0, true",
    "223.255.255.255, true",
    "224.0.0.0, false",
    "2001:1ff::1, false",
    "2001:200::1, true",
    "2003::1, true",
    "1fff::1, false",
    "4000::1, false",
  })
  void edgesOfRanges_areExact(String address, boolean isPublic) {
    assertThat(AddressPolicy.PUBLIC.refusal(InetAddress.ofLiteral(address)).isEmpty())
        .isEqualTo(isPublic);
  }

  @Test
  void allowedNetwork_isExempt() {
    AddressPolicy policy = AddressPolicy.allowing(List.of("10.1.0.0/16", "fd00::/8"));
    assertThat(policy.refusal(InetAddress.ofLiteral("10.1.2.3"))).isEmpty();
    assertThat(policy.refusal(InetAddress.ofLiteral("fd12::1"))).isEmpty();
    assertThat(policy.refusal(InetAddress.ofLiteral("10.2.0.1")))
        .contains("10.2.0.1 is in 10.0.0.0/8, which is not public");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "example.com/8", "10/8", ""})
  void unreadableNetwork_isRefusedWithItsText(String cidr) {
    assertThatThrownBy(() -> AddressPolicy.allowing(List.of(cidr)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + cidr + "' is not a network");
  }
}
