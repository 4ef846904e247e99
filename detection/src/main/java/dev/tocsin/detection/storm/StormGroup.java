// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.storm;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/** The alert group of a partition's storms: one whose key lies on that very partition. */
public final class StormGroup {

  private static final String PREFIX = "storm/";

  private StormGroup() {}

  /** So that a person's command about a storm, keyed by its group, comes to where it is known. */
  public static String of(int partition, int partitions) {
    int n = 0;
    while (partitionOf(key(partition, n), partitions) != partition) {
      n++;
    }
    return key(partition, n);
  }

  /** Whether an alert group is one about storms. */
  public static boolean isOne(String group) {
    return group.startsWith(PREFIX);
  }

  private static String key(int partition, int n) {
    return PREFIX + partition + '/' + n;
  }

  /** As the producer's own partitioner does. */
  static int partitionOf(String key, int partitions) {
    return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
  }
}
