// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka;

import dev.tocsin.kafka.topic.TopicProvisioning;
import dev.tocsin.kafka.topic.TopicSettings;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What every service needs before it reads or writes: topics that fit, and a broker that answers.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TopicSettings.class)
public class KafkaConfiguration {

  @Bean
  TopicProvisioning topicProvisioning(KafkaProperties kafka, TopicSettings settings) {
    return new TopicProvisioning(kafka.buildAdminProperties(), settings);
  }

  @Bean
  BrokerHealth brokerHealth(KafkaProperties kafka) {
    return new BrokerHealth(kafka.buildAdminProperties());
  }
}
