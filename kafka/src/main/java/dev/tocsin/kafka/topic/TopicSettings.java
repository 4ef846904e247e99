// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka.topic;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How topics are created.
 *
 * @param partitions of each topic, from 1 to 1000. Fixed at birth: state lives where keys hash to
 * @param replicas of each partition; -1 takes the broker's default
 */
@ConfigurationProperties(prefix = "tocsin.topics", ignoreUnknownFields = false)
public record TopicSettings(@DefaultValue("4") int partitions, @DefaultValue("-1") short replicas) {

  public TopicSettings {
    if (partitions < 1 || partitions > 1000) {
      throw new IllegalArgumentException(
          "tocsin.topics.partitions should be between 1 and 1000: was " + partitions);
    }
    if (replicas < 1 && replicas != -1) {
      throw new IllegalArgumentException(
          "tocsin.topics.replicas should be 1 or more, or -1 for the broker's default: was "
              + replicas);
    }
  }
}
