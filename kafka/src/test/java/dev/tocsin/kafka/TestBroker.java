// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** One broker for all tests of the module; each test names its own topics and groups. */
public final class TestBroker {

  private static final EmbeddedKafkaKraftBroker BROKER = started();

  private TestBroker() {}

  public static String address() {
    return BROKER.getBrokersAsString();
  }

  public static Map<String, Object> clients() {
    return new HashMap<>(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, address()));
  }

  private static EmbeddedKafkaKraftBroker started() {
    EmbeddedKafkaKraftBroker broker = new EmbeddedKafkaKraftBroker(1, 1);
    broker.brokerProperties(
        Map.of(
            "auto.create.topics.enable",
            "false",
            "transaction.state.log.num.partitions",
            "1",
            "transaction.state.log.replication.factor",
            "1",
            "transaction.state.log.min.isr",
            "1",
            "offsets.topic.num.partitions",
            "1",
            "group.initial.rebalance.delay.ms",
            "0"));
    broker.afterPropertiesSet();
    Runtime.getRuntime().addShutdownHook(new Thread(broker::destroy));
    return broker;
  }
}
