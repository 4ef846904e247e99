// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.FileSystemResource;

/** What is read before a service starts, or by a program that has no Spring. */
public final class EarlySettings {

  private static final String BROKERS = "spring.kafka.bootstrap-servers";

  private EarlySettings() {}

  /**
   * From the environment, and beside it from {@code tocsin.yml}, as services do; by the names of
   * the environment ({@code TOCSIN_DATA_DIR}), for those that are set.
   */
  public static Map<String, String> of(Map<String, String> environment, Path file) {
    StandardEnvironment both =
        new StandardEnvironment() {
          @Override
          protected void customizePropertySources(MutablePropertySources sources) {
            sources.addLast(
                new SystemEnvironmentPropertySource(
                    SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.copyOf(environment)));
            in(file).forEach(sources::addLast);
          }
        };
    ConfigurationPropertySources.attach(both);
    Map<String, String> settings = new HashMap<>();
    for (String key : SettingsCheck.READ_BY_NAME) {
      put(settings, both, key);
    }
    put(settings, both, BROKERS);
    return settings;
  }

  private static void put(Map<String, String> settings, StandardEnvironment both, String key) {
    String value = both.getProperty(key);
    if (value != null) {
      settings.put(KnownKeys.inEnvironment(key), value);
    }
  }

  static List<PropertySource<?>> in(Path file) {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return new YamlPropertySourceLoader().load(file.toString(), new FileSystemResource(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
