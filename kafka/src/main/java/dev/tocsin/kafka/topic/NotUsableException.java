// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka.topic;

/** A broker answers, and the program cannot work on it: waiting does not help, an operator does. */
public abstract sealed class NotUsableException extends RuntimeException
    permits Greeting.NotKafkaException, TopicProvisioning.TopicMisfitException {

  NotUsableException(String message) {
    super(message);
  }
}
