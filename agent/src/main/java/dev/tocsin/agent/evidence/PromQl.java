// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.evidence;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Expressions made from labels, and found in links. */
final class PromQl {

  private static final Pattern PLACE = Pattern.compile("\\{([a-zA-Z_][a-zA-Z0-9_]*)}");
  private static final Pattern COMPARISON =
      Pattern.compile("\\s*(?:==|!=|<=|>=|<|>)\\s*(?:bool\\s+)?[-+]?[0-9][0-9.eE+-]*\\s*$");
  private static final int LONGEST = 2_000;

  private PromQl() {}

  /** The template with the labels' values in it; nothing when it needs a label there is not. */
  static Optional<String> fill(String template, Map<String, String> labels) {
    Matcher places = PLACE.matcher(template);
    if (!places.results().map(m -> m.group(1)).allMatch(labels::containsKey)) {
      return Optional.empty();
    }
    return Optional.of(places.replaceAll(m -> Matcher.quoteReplacement(value(m, labels))));
  }

  /** A value can not end the string it stands in. */
  static String quoted(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  /** The expression a Prometheus put into the link to itself. */
  static Optional<String> inLink(String link) {
    String query;
    try {
      query = URI.create(link).getRawQuery();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (query == null) {
      return Optional.empty();
    }
    for (String parameter : query.split("&")) {
      if (parameter.startsWith("g0.expr=")) {
        return decoded(parameter.substring("g0.expr=".length()));
      }
    }
    return Optional.empty();
  }

  /** Without a last comparison with a number: a condition's own value, also while it held not. */
  static String withoutThreshold(String expression) {
    String measured = COMPARISON.matcher(expression).replaceFirst("").strip();
    return measured.isEmpty() ? expression : measured;
  }

  private static Optional<String> decoded(String text) {
    try {
      String expression = URLDecoder.decode(text, StandardCharsets.UTF_8).strip();
      return expression.isEmpty() || expression.length() > LONGEST
          ? Optional.empty()
          : Optional.of(expression);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String value(MatchResult place, Map<String, String> labels) {
    return quoted(labels.getOrDefault(place.group(1), ""));
  }
}
