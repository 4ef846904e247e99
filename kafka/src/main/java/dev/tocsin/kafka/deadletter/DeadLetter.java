// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka.deadletter;

import dev.tocsin.schemas.deadletter.DeadLetterHeaders;
import dev.tocsin.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** A record set aside: the bytes as they came, and in its headers where from, why and when. */
public record DeadLetter(
    String service,
    String origin,
    @Nullable String position,
    byte @Nullable [] key,
    byte @Nullable [] value,
    Headers headers,
    String cause,
    Instant at) {

  /** As it goes to the service's dead-letter topic; its own headers are kept. */
  public ProducerRecord<byte[], byte[]> toRecord() {
    return new ProducerRecord<>(Topics.deadLetters(service), null, key, value, toHeaders());
  }

  /** Its own headers and those that tell its story. */
  public Headers toHeaders() {
    RecordHeaders all = new RecordHeaders();
    for (Header header : headers) {
      all.add(header);
    }
    tell(all, DeadLetterHeaders.SERVICE, service);
    tell(all, DeadLetterHeaders.ORIGIN, origin);
    tell(all, DeadLetterHeaders.POSITION, position);
    tell(all, DeadLetterHeaders.CAUSE, cause);
    tell(all, DeadLetterHeaders.AT, at.toString());
    return all;
  }

  /** A record that was set aside before and replayed tells its last story only. */
  private static void tell(Headers headers, String name, @Nullable String value) {
    headers.remove(name);
    if (value != null) {
      headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
  }
}
