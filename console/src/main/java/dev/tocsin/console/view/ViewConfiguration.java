// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.view;

import dev.tocsin.console.ConsoleMetrics;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The view, and the listener that keeps it. The folds come from the features. */
@Configuration(proxyBeanMethods = false)
public class ViewConfiguration {

  private static final int FETCH_BYTES = 4 << 20;
  private static final int FETCH_AT_LEAST = 64 << 10;
  private static final int FETCH_WITHIN_MS = 100;

  @Bean
  ViewStore viewStore(@Value("${tocsin.data-dir}") Path dataDir) {
    return new ViewStore(dataDir.resolve("console"));
  }

  @Bean
  Position position(ConsoleMetrics metrics) {
    Position position = new Position();
    metrics.gauge("tocsin.console.view.lag", position::lag);
    return position;
  }

  @Bean
  CurrentView currentView(Position position) {
    return new CurrentView(position);
  }

  @Bean
  ViewListener viewListener(
      KafkaProperties kafka,
      List<Fold> folds,
      ViewStore store,
      Position position,
      ConsoleMetrics metrics) {
    Map<String, Object> consumer = new HashMap<>(kafka.buildConsumerProperties());
    consumer.remove(ConsumerConfig.GROUP_ID_CONFIG);
    consumer.put(ConsumerConfig.CLIENT_ID_CONFIG, "tocsin-console-view");
    consumer.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    consumer.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    consumer.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    consumer.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    // People look, so a moment's worth at once: a fetch for each record of every topic is dear.
    consumer.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, FETCH_AT_LEAST);
    consumer.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WITHIN_MS);
    consumer.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES / 4);
    Map<String, Object> admin = kafka.buildAdminProperties();
    List<String> topics = folds.stream().map(Fold::topic).toList();
    return new ViewListener(
        () ->
            new KafkaConsumer<>(consumer, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
        () -> Origin.of(admin, topics),
        folds,
        store,
        position,
        metrics);
  }

  /** Named so that health shows it as {@code view}. */
  @Bean
  ViewHealth viewHealthIndicator(Position position, ViewListener listener) {
    return new ViewHealth(position, listener);
  }
}
