// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow;

import dev.tocsin.kafka.KafkaConfiguration;
import dev.tocsin.kafka.streams.StreamsHealth;
import dev.tocsin.kafka.streams.StreamsService;
import dev.tocsin.workflow.playbook.Conditions;
import dev.tocsin.workflow.playbook.Playbooks;
import dev.tocsin.workflow.run.Decider;
import dev.tocsin.workflow.step.StepCatalog;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Import;

/** Wires the service: playbooks are read, and refused, before anything runs. */
@Configuration(proxyBeanMethods = false)
@Import(KafkaConfiguration.class)
@EnableConfigurationProperties(WorkflowSettings.class)
class WorkflowConfiguration {

  @Bean
  StepCatalog stepCatalog(
      WorkflowSettings settings,
      @Value("${tocsin.console.url:http://localhost:${tocsin.console.port:8081}}")
          String consoleUrl) {
    return StepCatalog.of(settings.contextDeadline(), consoleUrl);
  }

  @Bean
  Playbooks playbooks(WorkflowSettings settings, StepCatalog catalog) {
    Playbooks playbooks = Playbooks.load(settings.playbooks(), catalog, new Conditions());
    LoggerFactory.getLogger(Playbooks.class)
        .info("playbooks: {}", String.join(", ", playbooks.names()));
    return playbooks;
  }

  @Bean
  WorkflowMetrics workflowMetrics(MeterRegistry registry) {
    return new WorkflowMetrics(registry);
  }

  @Bean
  @DependsOn("topicProvisioning")
  StreamsService workflowStreams(
      Playbooks playbooks, StepCatalog catalog, WorkflowMetrics metrics, KafkaProperties kafka) {
    return new StreamsService(
        WorkflowTopology.SERVICE,
        WorkflowTopology.of(new Decider(playbooks, catalog), metrics),
        kafka.buildStreamsProperties());
  }

  @Bean
  StreamsHealth workflowStreamsHealth(StreamsService streams) {
    return new StreamsHealth(streams);
  }
}
