// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.jira;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which Jira Cloud project takes tickets. Without a URL there are none.
 *
 * @param url of the site: {@code https://example.atlassian.net}
 * @param email and {@code apiToken} of the account that writes
 * @param project its key
 * @param issueType by name; the project must have it
 * @param pollInterval how often Jira is asked what became of tickets; 0 is never
 * @param doneResolves whether a ticket that somebody moves to done resolves its incident
 */
@ConfigurationProperties(prefix = "tocsin.jira", ignoreUnknownFields = false)
public record JiraSettings(
    @Nullable URI url,
    @DefaultValue("") String email,
    @DefaultValue("") String apiToken,
    @DefaultValue("") String project,
    @DefaultValue("Task") String issueType,
    @DefaultValue("60s") Duration pollInterval,
    @DefaultValue("false") boolean doneResolves) {

  private static final Duration SHORTEST_POLL = Duration.ofMillis(100);
  private static final Duration LONGEST_POLL = Duration.ofMinutes(30);

  private static final Pattern PROJECT = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,254}");

  public JiraSettings {
    if (!pollInterval.isZero()
        && (pollInterval.compareTo(SHORTEST_POLL) < 0
            || pollInterval.compareTo(LONGEST_POLL) > 0)) {
      throw new IllegalArgumentException(
          "tocsin.jira.poll-interval should be between 100ms and 30m, or 0 (off): was "
              + pollInterval);
    }
    if (url != null && url.toString().isBlank()) {
      url = null;
    }
    if (url != null) {
      if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
        throw new IllegalArgumentException(
            "tocsin.jira.url should begin with https:// (or http://): was '%s'".formatted(url));
      }
      if (email.isBlank() || apiToken.isBlank()) {
        throw new IllegalArgumentException(
            "tocsin.jira.url is set, so tocsin.jira.email and tocsin.jira.api-token should be too");
      }
      if (!PROJECT.matcher(project).matches()) {
        throw new IllegalArgumentException(
            "tocsin.jira.project should be a project's key, as OPS: was '%s'".formatted(project));
      }
    }
  }

  public boolean isConfigured() {
    return url != null;
  }

  /** Whether what becomes of tickets can be seen, and should. */
  public boolean isFollowed() {
    return isConfigured() && !pollInterval.isZero();
  }

  URI rest(String path) {
    return URI.create(String.valueOf(url).replaceFirst("/+$", "") + "/rest/api/3" + path);
  }

  String authorization() {
    byte[] pair = (email + ':' + apiToken).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  @Override
  public String toString() {
    return "JiraSettings[url=%s, project=%s, issueType=%s]".formatted(url, project, issueType);
  }
}
