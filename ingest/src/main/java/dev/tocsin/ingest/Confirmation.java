// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import static dev.tocsin.ingest.refusal.RefusalReason.NOT_DURABLE;

import dev.tocsin.ingest.refusal.Refusal;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Kafka's word that what was written is durable: waited for where there is no spool.
 *
 * @param otherwise what a sender is told when it does not come in time
 */
record Confirmation(Duration within, String otherwise) {

  void await(Supplier<? extends Future<?>> write) {
    try {
      write.get().get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException
        | TimeoutException
        | org.apache.kafka.common.KafkaException
        | org.springframework.kafka.KafkaException e) {
      throw refusal();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refusal();
    }
  }

  Refusal refusal() {
    return new Refusal(NOT_DURABLE, otherwise);
  }
}
