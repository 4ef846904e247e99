// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier;

import dev.tocsin.kafka.KafkaConfiguration;
import dev.tocsin.kafka.clock.SteadyClock;
import dev.tocsin.kafka.streams.StreamsHealth;
import dev.tocsin.kafka.streams.StreamsService;
import dev.tocsin.notifier.channel.ChannelAnnouncement;
import dev.tocsin.notifier.channel.ChannelCatalog;
import dev.tocsin.notifier.channel.jira.JiraSettings;
import dev.tocsin.notifier.channel.pagerduty.PagerDutySettings;
import dev.tocsin.notifier.delivery.DeliveryWorker;
import dev.tocsin.notifier.effect.EffectSettings;
import dev.tocsin.notifier.reconcile.Reconciler;
import dev.tocsin.notifier.subscription.Subscriptions;
import dev.tocsin.notifier.watch.LaneBoard;
import dev.tocsin.notifier.watch.LaneHealth;
import dev.tocsin.notifier.watch.NotifierMetrics;
import dev.tocsin.schemas.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The notifier's wiring. */
@Configuration(proxyBeanMethods = false)
@Import({KafkaConfiguration.class, ChannelConfiguration.class})
@EnableConfigurationProperties(EffectSettings.class)
public class NotifierConfiguration {

  private static final int FETCH_AT_LEAST = 64 << 10;
  private static final int FETCH_WITHIN_MS = 100;

  @Bean
  @ConditionalOnMissingBean
  InstantSource clock() {
    return InstantSource.system();
  }

  @Bean
  Subscriptions subscriptions() {
    return new Subscriptions();
  }

  @Bean
  LaneBoard laneBoard() {
    return new LaneBoard();
  }

  @Bean
  NotifierMetrics notifierMetrics(MeterRegistry registry, LaneBoard board, InstantSource clock) {
    return new NotifierMetrics(registry, board, clock);
  }

  @Bean
  StreamsService laneStreams(
      KafkaProperties kafka,
      ChannelCatalog channels,
      EffectSettings effects,
      Subscriptions subscriptions,
      LaneBoard board,
      NotifierMetrics metrics) {
    return new StreamsService(
        NotifierTopology.SERVICE,
        NotifierTopology.addLanes(new Topology(), channels, effects, subscriptions, board, metrics),
        kafka.buildStreamsProperties());
  }

  /** Subscribers are told a moment later than pagers, and a few events at a time. */
  @Bean
  StreamsService fanOutStreams(
      KafkaProperties kafka, Subscriptions subscriptions, NotifierMetrics metrics) {
    Map<String, Object> config = kafka.buildStreamsProperties();
    config.put(
        StreamsConfig.APPLICATION_ID_CONFIG,
        config.get(StreamsConfig.APPLICATION_ID_CONFIG) + "-fan-out");
    config.put("main.consumer." + ConsumerConfig.FETCH_MIN_BYTES_CONFIG, FETCH_AT_LEAST);
    config.put("main.consumer." + ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WITHIN_MS);
    return new StreamsService(
        NotifierTopology.SERVICE,
        NotifierTopology.addFanOut(new Topology(), subscriptions, metrics),
        config);
  }

  @Bean
  ChannelAnnouncement channelAnnouncement(
      KafkaProperties kafka, ChannelCatalog channels, InstantSource clock) {
    return new ChannelAnnouncement(
        channels,
        () ->
            new KafkaProducer<>(
                kafka.buildProducerProperties(),
                Topics.SETTINGS.keySerde().serializer(),
                Topics.SETTINGS.valueSerde().serializer()),
        clock);
  }

  /** By the clock of the lanes: whether an attempt can still be started is counted, not read. */
  @Bean
  DeliveryWorker deliveryWorker(
      KafkaProperties kafka,
      ChannelCatalog channels,
      StreamsService laneStreams,
      StreamsService fanOutStreams,
      @Value("${tocsin.data-dir}") Path dataDir) {
    return new DeliveryWorker(
        dataDir.resolve("state/notifier-under-way"),
        () ->
            new KafkaConsumer<>(
                kafka.buildConsumerProperties(),
                new StringDeserializer(),
                new ByteArrayDeserializer()),
        () ->
            new KafkaProducer<>(
                kafka.buildProducerProperties(),
                Topics.ATTEMPT_RESULTS.keySerde().serializer(),
                Topics.ATTEMPT_RESULTS.valueSerde().serializer()),
        channels,
        SteadyClock.OF_THIS_PROCESS,
        () ->
            laneStreams.state() == KafkaStreams.State.RUNNING
                && fanOutStreams.state() == KafkaStreams.State.RUNNING);
  }

  @Bean
  Reconciler reconciler(
      KafkaProperties kafka,
      PagerDutySettings pagerDuty,
      JiraSettings jira,
      NotifierMetrics metrics,
      @Value("${tocsin.instance}") String instance,
      InstantSource clock) {
    return new Reconciler(pagerDuty, jira, new ReconcilerClients(kafka, instance), metrics, clock);
  }

  @Bean
  StreamsHealth streamsHealth(StreamsService laneStreams) {
    return new StreamsHealth(laneStreams);
  }

  @Bean
  StreamsHealth fanOutHealth(StreamsService fanOutStreams) {
    return new StreamsHealth(fanOutStreams);
  }

  @Bean
  LaneHealth laneHealth(LaneBoard board, Subscriptions subscriptions, InstantSource clock) {
    return new LaneHealth(
        board, subscriptions::whyDisabled, id -> subscriptions.find(id) != null, clock);
  }
}
