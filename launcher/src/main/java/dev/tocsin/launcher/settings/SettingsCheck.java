// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/** Compares the environment and {@code tocsin.yml} with the keys there are. */
public final class SettingsCheck {

  /** Keys that are read by name: in configuration files, by the launch script, by the launcher. */
  static final List<String> READ_BY_NAME =
      List.of(
          "tocsin.aot",
          "tocsin.broker.port",
          "tocsin.console.port",
          "tocsin.data-dir",
          "tocsin.heap",
          "tocsin.ingest.port",
          "tocsin.instance",
          "tocsin.signing-key",
          "tocsin.notifier.port",
          "tocsin.sentinel.every",
          "tocsin.sentinel.ingest-token",
          "tocsin.sentinel.ingest-url",
          "tocsin.sentinel.pagerduty-url",
          "tocsin.sentinel.patience",
          "tocsin.sentinel.routing-key",
          "tocsin.sentinel.watch-url",
          "tocsin.console.url");

  /** To look into every class of ours was a sixth of the main thread's work at a start. */
  static final String BY_THEIR_NAME = "**/*Settings.class";

  private SettingsCheck() {}

  /** One line for each key of ours that nothing reads; empty when all is well. */
  public static List<String> complaints(Map<String, String> environment, Path file) {
    return new KnownKeys(settings(BY_THEIR_NAME), READ_BY_NAME)
        .complaints(environment.keySet(), keys(file));
  }

  /** The records of settings among the classes of ours whose files match {@code pattern}. */
  static List<Class<?>> settings(String pattern) {
    ClassPathScanningCandidateComponentProvider scan =
        new ClassPathScanningCandidateComponentProvider(false);
    scan.setResourcePattern(pattern);
    scan.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
    List<Class<?>> found = new ArrayList<>();
    scan.findCandidateComponents("dev.tocsin")
        .forEach(
            definition ->
                found.add(
                    ClassUtils.resolveClassName(
                        ((AnnotatedBeanDefinition) definition).getMetadata().getClassName(),
                        null)));
    return found;
  }

  private static Set<String> keys(Path file) {
    Set<String> keys = new TreeSet<>();
    EarlySettings.in(file).stream()
        .map(source -> (EnumerablePropertySource<?>) source)
        .forEach(source -> keys.addAll(List.of(source.getPropertyNames())));
    return keys;
  }
}
