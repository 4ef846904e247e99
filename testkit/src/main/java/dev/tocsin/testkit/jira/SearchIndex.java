// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.jira;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Answers JQL of the forms {@code project = X [AND labels = Y | AND labels in (Y, Z)] [ORDER BY
 * created DESC]}, and sees an issue only some time, or some searches, after it was created.
 */
final class SearchIndex {

  private static final Pattern JQL =
      Pattern.compile(
          "project\\s*=\\s*\"?(\\w+)\"?(?:\\s+AND\\s+labels\\s*(?:=\\s*\"?([^\"\\s]+)\"?|in\\s*\\(([^)]+)\\)))?"
              + "(?:\\s+ORDER\\s+BY\\s+(?:created|key)\\s+(DESC|ASC))?\\s*",
          Pattern.CASE_INSENSITIVE);

  private final Map<String, Integer> searchesSince = new HashMap<>();
  private Function<JiraIssue, Duration> lag = _ -> Duration.ZERO;
  private int lagSearches;

  void lag(Function<JiraIssue, Duration> time, int searches) {
    lag = time;
    lagSearches = searches;
  }

  /** Empty when the fake does not understand the JQL. */
  Optional<List<JiraIssue>> search(String jql, Stream<JiraIssue> issues, Instant now) {
    Matcher query = JQL.matcher(jql);
    if (!query.matches()) {
      return Optional.empty();
    }
    Comparator<JiraIssue> order = Comparator.comparing(JiraIssue::id);
    return Optional.of(
        issues
            .filter(issue -> isSeen(issue, now))
            .filter(issue -> issue.key().startsWith(query.group(1) + '-'))
            .filter(issue -> labels(query).isEmpty() || hasOne(issue, labels(query)))
            .sorted("DESC".equalsIgnoreCase(query.group(4)) ? order.reversed() : order)
            .toList());
  }

  private static List<String> labels(Matcher query) {
    String one = query.group(2);
    String several = query.group(3);
    if (several == null) {
      return one == null ? List.of() : List.of(one);
    }
    return Stream.of(several.split(",")).map(label -> label.strip().replace("\"", "")).toList();
  }

  private static boolean hasOne(JiraIssue issue, List<String> labels) {
    return issue.labels().stream().anyMatch(labels::contains);
  }

  private boolean isSeen(JiraIssue issue, Instant now) {
    return searchesSince.merge(issue.key(), 1, Integer::sum) > lagSearches
        && !now.isBefore(issue.createdAt().plus(lag.apply(issue)));
  }
}
