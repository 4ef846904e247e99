// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.logging.LogLevel;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;

/** What {@code tocsin-kafka.yml} makes of a service, with a few keys of the service's own. */
public final class KafkaFile {

  private KafkaFile() {}

  public static KafkaProperties boundWith(Map<String, Object> own) {
    return with(own).bind("spring.kafka", KafkaProperties.class).get();
  }

  /** How much of whose log is kept. */
  public static Map<String, LogLevel> logLevels() {
    return with(Map.of()).bind("logging.level", Bindable.mapOf(String.class, LogLevel.class)).get();
  }

  private static Binder with(Map<String, Object> own) {
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("own", own));
    file().forEach(environment.getPropertySources()::addLast);
    return Binder.get(environment);
  }

  private static List<PropertySource<?>> file() {
    try {
      return new YamlPropertySourceLoader()
          .load("tocsin-kafka.yml", new ClassPathResource("tocsin-kafka.yml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
