// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tocsin.schemas.endpoint.AddressPolicy;
import dev.tocsin.schemas.endpoint.EndpointPolicy;
import dev.tocsin.schemas.signature.StandardWebhooks;
import dev.tocsin.schemas.signature.SubscriberToken;
import dev.tocsin.schemas.topic.Topic;
import dev.tocsin.schemas.topic.Topics;
import java.net.URI;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** What must hold of records, signatures and addresses for any bytes at all. */
class EventFuzzTest {

  private static final byte[] KEY = new byte[32];
  private static final EndpointPolicy ENDPOINTS = new EndpointPolicy(AddressPolicy.PUBLIC);

  /** A record is refused with one kind of exception, or is written as it was read. */
  @FuzzTest(maxDuration = "2m")
  void record(byte[] bytes) {
    for (Topic<?> topic : Topics.ALL) {
      readAndWrite(topic, bytes);
    }
  }

  private static <V> void readAndWrite(Topic<V> topic, byte[] bytes) {
    V value;
    try {
      value = topic.valueSerde().deserializer().deserialize(topic.name(), bytes);
    } catch (SerializationException e) {
      assertThat(e).hasMessageContaining(topic.name());
      return;
    }
    byte[] written = topic.valueSerde().serializer().serialize("any", value);
    assertThat(topic.valueSerde().deserializer().deserialize("any", written)).isEqualTo(value);
    var headers = new RecordHeaders();
    try {
      topic.valueSerde().serializer().serialize(topic.name(), headers, value);
    } catch (NullPointerException e) {
      // A stranger's record may lack what its headers are made of; the writer sets it aside.
      return;
    }
    assertThat(headers.lastHeader("ce_specversion").value()).isEqualTo("1.0".getBytes(UTF_8));
    assertThat(headers.lastHeader("ce_id")).isNotNull();
  }

  @FuzzTest(maxDuration = "2m")
  void signature(FuzzedDataProvider data) {
    String id = data.consumeString(40);
    String token = data.consumeString(120);
    byte[] body = data.consumeRemainingAsBytes();

    String signed = StandardWebhooks.sign(List.of(KEY), id, Instant.EPOCH, body);

    assertThat(Base64.getDecoder().decode(signed.substring("v1,".length()))).hasSize(32);
    SubscriberToken.read(KEY, token).ifPresent(read -> assertThat(read.text(KEY)).isEqualTo(token));
  }

  /** What is let in is a plain address with a host that is a name, or a public literal. */
  @FuzzTest(maxDuration = "2m")
  void endpoint(FuzzedDataProvider data) {
    String url = data.consumeRemainingAsString();

    if (ENDPOINTS.faults(url).isEmpty()) {
      URI uri = URI.create(url);
      assertThat(uri.getScheme()).matches("(?i)https?");
      assertThat(uri.getRawUserInfo()).isNull();
      assertThat(uri.getHost()).isNotEmpty().doesNotContain("%").doesNotStartWith("127.");
      assertThat(url).doesNotContain("\r", "\n", " ", "\\");
    }
  }
}
