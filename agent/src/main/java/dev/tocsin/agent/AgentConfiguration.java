// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent;

import dev.tocsin.agent.evidence.AlertValues;
import dev.tocsin.agent.evidence.EvidenceCollector;
import dev.tocsin.agent.evidence.EvidenceSource;
import dev.tocsin.agent.evidence.OpenIncidents;
import dev.tocsin.agent.evidence.PrometheusHistory;
import dev.tocsin.agent.evidence.RunbookPages;
import dev.tocsin.agent.evidence.SimilarIncidents;
import dev.tocsin.agent.guard.Masker;
import dev.tocsin.agent.guard.PlainText;
import dev.tocsin.agent.investigation.Investigations;
import dev.tocsin.agent.investigation.Investigator;
import dev.tocsin.agent.investigation.ModelInvestigation;
import dev.tocsin.agent.investigation.StepListener;
import dev.tocsin.agent.knowledge.Embeddings;
import dev.tocsin.agent.knowledge.Knowledge;
import dev.tocsin.agent.knowledge.KnowledgeFeed;
import dev.tocsin.agent.knowledge.Runbook;
import dev.tocsin.agent.knowledge.RunbookDirectory;
import dev.tocsin.agent.llm.MiniLm;
import dev.tocsin.agent.llm.OpenAiModel;
import dev.tocsin.agent.metrics.AgentMetrics;
import dev.tocsin.agent.outbox.ModelAnnouncement;
import dev.tocsin.agent.outbox.Outbox;
import dev.tocsin.agent.telemetry.Grafana;
import dev.tocsin.agent.telemetry.Loki;
import dev.tocsin.agent.telemetry.Prometheus;
import dev.tocsin.agent.tool.GrafanaTool;
import dev.tocsin.agent.tool.LokiTool;
import dev.tocsin.agent.tool.PrometheusQueryTool;
import dev.tocsin.agent.tool.PrometheusRangeTool;
import dev.tocsin.agent.tool.Tool;
import dev.tocsin.agent.tool.Toolbox;
import dev.tocsin.kafka.KafkaConfiguration;
import dev.tocsin.schemas.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.FixedBackOff;

/** What the agent is made of. */
@Configuration(proxyBeanMethods = false)
@Import(KafkaConfiguration.class)
@EnableConfigurationProperties(AgentSettings.class)
class AgentConfiguration {

  private static final String GROUP = "tocsin-agent";
  private static final Duration SEARCH_WITHIN = Duration.ofSeconds(3);
  private static final int MOST_STEPS_A_POLL = 200;

  @Bean
  InstantSource clock() {
    return InstantSource.system();
  }

  @Bean
  AgentMetrics agentMetrics(MeterRegistry registry) {
    return new AgentMetrics(registry);
  }

  @Bean
  Masker masker() {
    return new Masker();
  }

  @Bean
  Outbox outbox(KafkaProperties kafka) {
    return new Outbox(kafka.buildProducerProperties());
  }

  @Bean
  Embeddings embeddings(AgentMetrics metrics) {
    return new Embeddings(MiniLm::load, metrics);
  }

  @Bean
  Knowledge knowledge(Embeddings embeddings, AgentMetrics metrics) {
    return new Knowledge(embeddings, metrics);
  }

  @Bean
  KnowledgeFeed knowledgeFeed(
      KafkaProperties kafka, Knowledge knowledge, AgentSettings settings, InstantSource clock) {
    return new KnowledgeFeed(
        kafka.buildConsumerProperties(), knowledge, settings.knowledge().lookBack(), clock);
  }

  @Bean
  EvidenceCollector evidenceCollector(AgentSettings settings, Knowledge knowledge, Masker masker) {
    List<Runbook> runbooks =
        settings.runbooksDir().isBlank()
            ? List.of()
            : RunbookDirectory.read(Path.of(settings.runbooksDir()));
    knowledge.add(runbooks);
    List<EvidenceSource> sources = new ArrayList<>();
    sources.add(new AlertValues());
    AgentSettings.PrometheusSettings prometheus = settings.prometheus();
    prometheus
        .address()
        .ifPresent(
            url ->
                sources.add(
                    new PrometheusHistory(
                        new Prometheus(url, prometheus.timeout(), masker),
                        prometheus.queries(),
                        prometheus.timeout())));
    sources.add(new RunbookPages(runbooks));
    sources.add(new OpenIncidents(knowledge));
    sources.add(new SimilarIncidents(knowledge, SEARCH_WITHIN));
    return new EvidenceCollector(sources, masker);
  }

  @Bean
  Toolbox toolbox(AgentSettings settings, Masker masker, AgentMetrics metrics) {
    List<Tool> tools = new ArrayList<>();
    settings
        .prometheus()
        .address()
        .map(url -> new Prometheus(url, settings.prometheus().timeout(), masker))
        .ifPresent(
            prometheus -> {
              tools.add(new PrometheusQueryTool(prometheus));
              tools.add(new PrometheusRangeTool(prometheus));
            });
    settings
        .loki()
        .address()
        .ifPresent(
            url ->
                tools.add(new LokiTool(new Loki(url, settings.loki().timeout(), masker), masker)));
    settings
        .grafana()
        .address()
        .map(
            url ->
                new Grafana(url, settings.grafana().token(), settings.grafana().timeout(), masker))
        .ifPresent(
            grafana ->
                Stream.of(GrafanaTool.Look.values())
                    .forEach(look -> tools.add(new GrafanaTool(look, grafana))));
    return new Toolbox(tools, metrics);
  }

  @Bean
  Investigator investigator(
      AgentSettings settings,
      EvidenceCollector evidence,
      Toolbox toolbox,
      Masker masker,
      InstantSource clock,
      AgentMetrics metrics) {
    ModelInvestigation model =
        settings.llm().isConfigured()
            ? new ModelInvestigation(
                new OpenAiModel(settings.llm(), settings.budget().time()),
                toolbox,
                masker,
                hosts(settings),
                clock,
                metrics)
            : null;
    return new Investigator(
        evidence, model, masker, settings.budget(), settings.concurrency(), clock, metrics);
  }

  @Bean
  Investigations investigations(
      Investigator investigator,
      AgentSettings settings,
      Outbox outbox,
      InstantSource clock,
      AgentMetrics metrics) {
    return new Investigations(investigator, settings.queue(), outbox, clock, metrics);
  }

  @Bean
  ConcurrentMessageListenerContainer<byte[], byte[]> stepContainer(
      KafkaProperties kafka, Investigations investigations, Outbox outbox, InstantSource clock) {
    Map<String, Object> config = new HashMap<>(kafka.buildConsumerProperties());
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_STEPS_A_POLL);
    ContainerProperties properties = new ContainerProperties(Topics.STEPS.name());
    properties.setGroupId(GROUP);
    properties.setAckMode(ContainerProperties.AckMode.MANUAL_IMMEDIATE);
    properties.setMessageListener(new StepListener(investigations, outbox, clock));
    ConcurrentMessageListenerContainer<byte[], byte[]> container =
        new ConcurrentMessageListenerContainer<>(
            new DefaultKafkaConsumerFactory<>(
                config, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
            properties);
    container.setCommonErrorHandler(
        new DefaultErrorHandler(new FixedBackOff(1_000, FixedBackOff.UNLIMITED_ATTEMPTS)));
    container.setBeanName("agent-steps");
    return container;
  }

  @Bean
  ModelAnnouncement modelAnnouncement(AgentSettings settings, Outbox outbox, InstantSource clock) {
    return new ModelAnnouncement(settings.llm().model(), outbox, clock);
  }

  @Bean
  AgentHealth agentHealth(
      ConcurrentMessageListenerContainer<byte[], byte[]> steps,
      Investigations investigations,
      AgentSettings settings) {
    return new AgentHealth(steps, investigations, settings.llm().model());
  }

  private static Set<String> hosts(AgentSettings settings) {
    return Stream.of(
            settings.prometheus().address(),
            settings.loki().address(),
            settings.grafana().address())
        .flatMap(java.util.Optional::stream)
        .map(URI::toString)
        .map(PlainText::host)
        .collect(Collectors.toSet());
  }
}
