// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher.settings;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Every key the program reads, as the records of settings declare them. In a key, {@code *} stands
 * for a name the operator chooses.
 */
public final class KnownKeys {

  private static final String ROOT = "tocsin";
  private static final String ENVIRONMENT_PREFIX = "TOCSIN_";

  /** Letters a name may differ in and still be ours, misspelt. */
  private static final int SLIPS = 2;

  /** Letters to add, drop or replace. */
  private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

  /** The same as far as {@link #SLIPS}, and -1 beyond: most names are far from every key. */
  private static final LevenshteinDistance NEARBY = new LevenshteinDistance(SLIPS);

  private final Set<String> keys = new TreeSet<>();

  /**
   * @param settings records annotated with {@link ConfigurationProperties}
   * @param more keys that are read by name
   */
  public KnownKeys(Collection<Class<?>> settings, Collection<String> more) {
    keys.addAll(more);
    for (Class<?> type : settings) {
      addAll(type.getAnnotation(ConfigurationProperties.class).prefix(), type);
    }
  }

  private void addAll(String prefix, Class<?> type) {
    for (RecordComponent component : type.getRecordComponents()) {
      add(prefix + '.' + dashed(component.getName()), component.getGenericType());
    }
  }

  private void add(String key, Type type) {
    if (type instanceof Class<?> plain && plain.isRecord()) {
      addAll(key, plain);
    } else if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
      add(key + ".*", generic.getActualTypeArguments()[1]);
    } else if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
      keys.add(key);
      add(key + "[*]", generic.getActualTypeArguments()[0]);
    } else {
      keys.add(key);
    }
  }

  /** Complaints about keys of ours that nothing reads; those of others are none of our business. */
  public List<String> complaints(Set<String> environment, Set<String> properties) {
    List<String> complaints = new ArrayList<>();
    environment.stream()
        .filter(this::isMeantForUs)
        .sorted()
        .filter(name -> keys.stream().noneMatch(key -> matches(key, name)))
        .forEach(
            name ->
                complaints.add(
                    complaint(name, keys.stream().map(KnownKeys::inEnvironment).toList())));
    properties.stream()
        .filter(name -> isNear(root(name), ROOT))
        .sorted()
        .filter(
            name ->
                keys.stream().noneMatch(key -> pattern(key, "[^.\\[]+").matcher(name).matches()))
        .forEach(name -> complaints.add(complaint(name, keys)));
    return complaints;
  }

  /** Others have names in the environment too, so what begins otherwise has to be nearly a key. */
  private boolean isMeantForUs(String name) {
    return name.startsWith(ENVIRONMENT_PREFIX)
        || keys.stream().anyMatch(key -> isNear(name, inEnvironment(key)));
  }

  private static boolean isNear(String name, String other) {
    return NEARBY.apply(name, other) >= 0;
  }

  private static String root(String property) {
    return property.split("[.\\[]", 2)[0];
  }

  private static String complaint(String name, Collection<String> known) {
    return nearest(name, known)
        .map(near -> "%s is no setting; did you mean %s?".formatted(name, near))
        .orElse("%s is no setting".formatted(name));
  }

  private static Optional<String> nearest(String name, Collection<String> known) {
    record Near(String key, int distance) {}
    return known.stream()
        .map(
            key ->
                new Near(
                    key,
                    DISTANCE.apply(name.toLowerCase(Locale.ROOT), key.toLowerCase(Locale.ROOT))))
        .min(java.util.Comparator.comparingInt(Near::distance))
        .filter(near -> near.distance() <= Math.max(3, name.length() / 3))
        .map(near -> near.key().replace("*", "<NAME>"));
  }

  /**
   * A name in the environment may leave dashes out or turn them into underscores, as Spring reads
   * both.
   */
  private static boolean matches(String key, String name) {
    return isNamed(inEnvironment(key), name) || isNamed(inEnvironment(key.replace("-", "")), name);
  }

  private static boolean isNamed(String key, String name) {
    return key.contains("*")
        ? pattern(key, "[A-Z0-9_]+").matcher(name).matches()
        : key.equals(name);
  }

  static String inEnvironment(String key) {
    return key.replace("[*]", "_*").replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }

  private static Pattern pattern(String key, String wildcard) {
    return Pattern.compile(
        java.util.Arrays.stream(key.split("\\*", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(wildcard)));
  }

  private static String dashed(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
