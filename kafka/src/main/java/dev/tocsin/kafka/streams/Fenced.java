// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka.streams;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.streams.errors.TaskMigratedException;

/**
 * Which failures say that the broker went on without a client: its group took it for dead, its
 * transaction timed out, or another has its name. Nothing is wrong with what the client was doing.
 */
final class Fenced {

  private static final List<Class<? extends Exception>> FAILURES =
      List.of(
          TaskMigratedException.class,
          CommitFailedException.class,
          FencedInstanceIdException.class,
          InvalidProducerEpochException.class,
          InvalidTxnStateException.class,
          ProducerFencedException.class);

  private Fenced() {}

  /** What the broker says of it; empty when the failure is another. */
  static Optional<String> says(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .filter(cause -> FAILURES.stream().anyMatch(known -> known.isInstance(cause)))
        .reduce((_, deeper) -> deeper)
        .map(cause -> String.valueOf(cause.getMessage()));
  }
}
