// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import static dev.tocsin.ingest.refusal.RefusalReason.SOURCE_DISABLED;
import static dev.tocsin.ingest.refusal.RefusalReason.UNKNOWN_SOURCE;

import dev.tocsin.ingest.auth.Authentication;
import dev.tocsin.ingest.auth.SourceSettings;
import dev.tocsin.ingest.refusal.Refusal;
import dev.tocsin.ingest.source.SourceCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sources that are configured. */
final class Sources {

  private static final Logger LOG = LoggerFactory.getLogger(Sources.class);

  /** The type whose messages are samples and not alerts. */
  private static final String PUSHES = "prometheus";

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

  private final Map<String, Source> byName = new TreeMap<>();

  /** One source, ready to be asked. */
  record Source(String name, String type, boolean enabled, Authentication authentication) {

    /** Comes after authentication: only who may post learns that posting is off. */
    void refuseIfDisabled() {
      if (!enabled) {
        throw new Refusal(
            SOURCE_DISABLED,
            "source %s takes nothing: tocsin.ingest.sources.%s.enabled is false"
                .formatted(name, name));
      }
    }
  }

  Sources(Map<String, SourceSettings> settings, SourceCatalog catalog) {
    List<String> faults = new ArrayList<>();
    settings.forEach((name, source) -> faults.addAll(faults(name, source, catalog)));
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException("sources:\n  " + String.join("\n  ", faults));
    }
    settings.forEach(
        (name, source) -> {
          String key = key(name);
          if (source.enabled() && !source.open() && !source.hasAuthentication()) {
            LOG.info("source {} is off: {}.token or {}.hmac-secret is not set", name, key, key);
          }
          byName.put(
              name,
              new Source(
                  name, type(name, source), source.enabled(), new Authentication(name, source)));
        });
  }

  private static List<String> faults(String name, SourceSettings source, SourceCatalog catalog) {
    List<String> faults = new ArrayList<>();
    String type = type(name, source);
    if (!NAME.matcher(name).matches()) {
      faults.add(key(name) + ": a source's name is in lower case letters, digits, - and _");
    }
    if (!catalog.knows(type) && !type.equals(PUSHES)) {
      faults.add(
          "%s.type should be one of %s, %s: was %s"
              .formatted(key(name), catalog.types(), PUSHES, type));
    }
    faults.addAll(source.faults(key(name)));
    return faults;
  }

  private static String key(String name) {
    return "tocsin.ingest.sources." + name;
  }

  private static String type(String name, SourceSettings source) {
    String type = source.type();
    return type == null ? name : type;
  }

  /** One that sends alerts. */
  Source ofAlerts(String name) {
    Source source = named(name);
    if (source.type().equals(PUSHES)) {
      throw new Refusal(
          UNKNOWN_SOURCE, "source %s sends samples, to /v1/samples/%s".formatted(name, name));
    }
    return source;
  }

  /** One that sends samples. */
  Source ofSamples(String name) {
    Source source = named(name);
    if (!source.type().equals(PUSHES)) {
      throw new Refusal(
          UNKNOWN_SOURCE,
          "source %s sends alerts, to /v1/alerts/%s; samples come from one of type %s"
              .formatted(name, name, PUSHES));
    }
    return source;
  }

  Source named(String name) {
    Source source = byName.get(name);
    if (source == null) {
      throw new Refusal(
          UNKNOWN_SOURCE,
          "there is no source '%s'; there are %s (more with tocsin.ingest.sources.<name>.type)"
              .formatted(name, String.join(", ", byName.keySet())));
    }
    return source;
  }

  /** For meters, whose labels must not grow with what strangers type. */
  String label(String name) {
    return byName.containsKey(name) ? name : "unknown";
  }
}
