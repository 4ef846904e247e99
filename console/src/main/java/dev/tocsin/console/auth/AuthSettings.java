// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.auth;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may ask the console.
 *
 * @param port where it listens
 * @param adminPassword of the user {@code admin}; when unset, one is made up at every start and
 *     logged once
 * @param apiTokens bearer tokens of programs
 * @param metricsOpen whether {@code /actuator/prometheus} answers without a login
 */
@ConfigurationProperties(prefix = "tocsin.console", ignoreUnknownFields = false)
public record AuthSettings(
    @DefaultValue("8081") int port,
    @Nullable String adminPassword,
    @DefaultValue List<String> apiTokens,
    @DefaultValue("true") boolean metricsOpen) {

  private static final int SHORTEST_TOKEN = 16;

  public AuthSettings {
    if (adminPassword != null && adminPassword.isBlank()) {
      adminPassword = null;
    }
    apiTokens = apiTokens.stream().map(String::strip).filter(t -> !t.isEmpty()).toList();
    for (int i = 0; i < apiTokens.size(); i++) {
      if (apiTokens.get(i).length() < SHORTEST_TOKEN) {
        throw new IllegalArgumentException(
            "tocsin.console.api-tokens[%d] should have at least %d characters: has %d"
                .formatted(i, SHORTEST_TOKEN, apiTokens.get(i).length()));
      }
    }
  }

  @Override
  public String toString() {
    return "AuthSettings[port=%d, %d tokens, metricsOpen=%s]"
        .formatted(port, apiTokens.size(), metricsOpen);
  }
}
