// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher.settings;

import dev.tocsin.launcher.StartRefused;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.FileSystemResource;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** What is read before a service starts, or by a program that has no Spring. */
public final class EarlySettings {

  private static final String ADMIN_PASSWORD = "tocsin.console.admin-password";
  private static final List<String> NEEDED_EARLY =
      List.of("tocsin.broker.port", "tocsin.ingest.port", "tocsin.console.port", ADMIN_PASSWORD);
  private static final String NAMELESS = "document";
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
    put(settings, both, ADMIN_PASSWORD);
    return settings;
  }

  /** What a whole program needs to know early, by its names in files, where it is set. */
  public static Map<String, String> forEverything(Map<String, String> settings) {
    Map<String, String> early = new HashMap<>();
    for (String key : NEEDED_EARLY) {
      String value = settings.get(KnownKeys.inEnvironment(key));
      if (value != null) {
        early.put(key, value);
      }
    }
    return early;
  }

  private static void put(Map<String, String> settings, StandardEnvironment both, String key) {
    String value = both.getProperty(key);
    // A variable that is there and says nothing is how Compose files leave one out.
    if (value != null && !value.isBlank()) {
      settings.put(KnownKeys.inEnvironment(key), value);
    }
  }

  /** What the file says; a refusal that says where it is wrong. */
  static List<PropertySource<?>> in(Path file) {
    if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    if (Files.isDirectory(file)) {
      throw unreadable(file, "it is a directory");
    }
    if (!Files.isReadable(file)) {
      throw unreadable(file, "it is not open to this user, or leads nowhere");
    }
    List<PropertySource<?>> sources;
    try {
      sources = new YamlPropertySourceLoader().load(file.toString(), new FileSystemResource(file));
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      throw unreadable(
          file,
          "line %d, column %d: %s"
              .formatted(mark.getLine() + 1, mark.getColumn() + 1, e.getProblem()));
    } catch (YAMLException | IOException e) {
      throw unreadable(file, isNotUtf8(e) ? "it is not UTF-8" : String.valueOf(e.getMessage()));
    }
    if (sources.stream().anyMatch(EarlySettings::isNoMapping)) {
      throw unreadable(file, "it should hold keys with values, as 'tocsin.jira.url: https://...'");
    }
    return sources;
  }

  private static StartRefused unreadable(Path file, String why) {
    return new StartRefused("%s cannot be read: %s".formatted(file, why));
  }

  private static boolean isNotUtf8(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(CharacterCodingException.class::isInstance);
  }

  /** A document that is a list or a text is given a name of its own, and nobody reads it. */
  private static boolean isNoMapping(PropertySource<?> source) {
    return source instanceof EnumerablePropertySource<?> read
        && Arrays.stream(read.getPropertyNames())
            .anyMatch(name -> name.equals(NAMELESS) || name.startsWith(NAMELESS + '['));
  }
}
