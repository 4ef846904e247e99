// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.auth;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One source: what it speaks, and how its senders prove who they are.
 *
 * @param type grafana or alertmanager; null when the source is named for its type
 * @param token bearer tokens, any of which is right
 * @param hmacSecret secrets that sign bodies, any of which is right: two while rotating
 * @param hmacTimestampHeader the header whose seconds are signed together with the body
 * @param enabled false refuses what is authentic too
 * @param open true takes messages from anybody, without any proof
 */
public record SourceSettings(
    @Nullable String type,
    @Nullable List<String> token,
    @Nullable List<String> hmacSecret,
    @Nullable String hmacTimestampHeader,
    @Nullable String username,
    @Nullable String password,
    @DefaultValue("true") boolean enabled,
    @DefaultValue("false") boolean open) {

  /** All faults of these settings, each with its key and what would be right. */
  public List<String> faults(String prefix) {
    List<String> faults = new java.util.ArrayList<>();
    if (hasEmpty(token)) {
      faults.add(prefix + ".token is empty: give a token (or several, with commas), or no key");
    }
    if (hasEmpty(hmacSecret)) {
      faults.add(
          prefix + ".hmac-secret is empty: give a secret (or several, with commas), or no key");
    }
    if (isBlank(username) != isBlank(password)) {
      faults.add(prefix + ": username and password need each other, and only one is set");
    }
    if (!isBlank(hmacTimestampHeader) && hmacSecrets().isEmpty()) {
      faults.add(prefix + ".hmac-timestamp-header is set, and hmac-secret is not");
    }
    if (open && hasAuthentication()) {
      faults.add(
          prefix + ".open is true, and so nobody would look at its credentials: set one or other");
    }
    return faults;
  }

  public boolean hasAuthentication() {
    return !tokens().isEmpty() || !hmacSecrets().isEmpty() || !isBlank(username);
  }

  List<String> tokens() {
    return token == null ? List.of() : token;
  }

  List<String> hmacSecrets() {
    return hmacSecret == null ? List.of() : hmacSecret;
  }

  private static boolean hasEmpty(@Nullable List<String> values) {
    return values != null && (values.isEmpty() || values.stream().anyMatch(String::isBlank));
  }

  private static boolean isBlank(@Nullable String value) {
    return value == null || value.isBlank();
  }

  /** Without the secrets: this ends up in logs. */
  @Override
  public String toString() {
    return "SourceSettings[type=%s, tokens=%d, hmacSecrets=%d, basic=%s, enabled=%s, open=%s]"
        .formatted(type, tokens().size(), hmacSecrets().size(), !isBlank(username), enabled, open);
  }
}
