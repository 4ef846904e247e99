// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka.deadletter;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bytes that are no value of their topic become a dead letter, and the stream goes on.
 *
 * <p>The dead letter is part of the transaction that moves past the record, so neither can happen
 * without the other.
 */
public final class SetAsideUnreadable implements DeserializationExceptionHandler {

  /** The configuration key that names the service. */
  public static final String SERVICE = "tocsin.service";

  private static final Logger LOG = LoggerFactory.getLogger(SetAsideUnreadable.class);

  private String service = "unnamed";

  @Override
  public void configure(Map<String, ?> configs) {
    service = String.valueOf(configs.get(SERVICE));
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
    LOG.warn(
        "{} {}/{}: set aside, cannot be read: {}",
        record.topic(),
        record.partition(),
        record.offset(),
        exception.getMessage());
    DeadLetter letter =
        new DeadLetter(
            service,
            record.topic(),
            record.partition() + "/" + record.offset(),
            record.key(),
            record.value(),
            record.headers(),
            String.valueOf(exception.getMessage()),
            Instant.ofEpochMilli(record.timestamp()));
    return Response.resume(List.of(letter.toRecord()));
  }
}
