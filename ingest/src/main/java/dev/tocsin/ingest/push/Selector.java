// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.push;

import dev.tocsin.schemas.hold.HoldFault;
import dev.tocsin.schemas.hold.Matchers;
import dev.tocsin.schemas.setting.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which series are meant, as PromQL writes it: {@code http_requests_total{job="shop",
 * code=~"5.."}}.
 */
final class Selector {

  private static final Pattern WHOLE =
      Pattern.compile("\\s*([a-zA-Z_:][a-zA-Z0-9_:]*)?\\s*(?:\\{(.*)\\})?\\s*", Pattern.DOTALL);

  private static final Pattern ONE =
      Pattern.compile(
          "\\s*([a-zA-Z_][a-zA-Z0-9_]*)\\s*(=~|!~|!=|=)\\s*"
              + "(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|'((?:[^'\\\\]|\\\\.)*+)'|`([^`]*)`)\\s*(,|$)",
          Pattern.DOTALL);

  private final @Nullable String metric;
  private final @Nullable Matchers matchers;

  private Selector(@Nullable String metric, @Nullable Matchers matchers) {
    this.metric = metric;
    this.matchers = matchers;
  }

  /** Reads one, or says what is wrong with it. */
  static Selector of(String text) {
    Matcher whole = WHOLE.matcher(text);
    if (!whole.matches()) {
      throw wrong(text, "it is no metric's name with matchers in braces behind it");
    }
    String metric = whole.group(1);
    List<Setting.Matcher> all = matchers(text, whole.group(2) == null ? "" : whole.group(2));
    try {
      Matchers matchers = all.isEmpty() ? null : Matchers.of("matchers", all);
      if (metric == null && (matchers == null || matchers.matchAnything())) {
        throw wrong(
            text, "it matches whatever comes: name a metric, or a label that has to be there");
      }
      return new Selector(metric, matchers);
    } catch (HoldFault e) {
      throw wrong(text, String.valueOf(e.getMessage()));
    }
  }

  private static List<Setting.Matcher> matchers(String text, String inBraces) {
    List<Setting.Matcher> all = new ArrayList<>();
    Matcher one = ONE.matcher(inBraces);
    int end = 0;
    while (end < inBraces.length() && !inBraces.substring(end).isBlank()) {
      if (!one.region(end, inBraces.length()).lookingAt()) {
        throw wrong(
            text, "no label, operator and quoted value at '" + inBraces.substring(end) + "'");
      }
      all.add(new Setting.Matcher(one.group(1), one.group(2), value(text, one)));
      end = one.end();
    }
    return all;
  }

  private static String value(String text, Matcher one) {
    if (one.group(5) != null) {
      return one.group(5);
    }
    String quoted = one.group(3) == null ? one.group(4) : one.group(3);
    try {
      return quoted.translateEscapes();
    } catch (IllegalArgumentException _) {
      throw wrong(text, "a backslash in '" + quoted + "' is written as two");
    }
  }

  private static IllegalArgumentException wrong(String text, String what) {
    return new IllegalArgumentException(
        "tocsin.ingest.push.series, selector should be like http_requests_total{job=\"shop\", code=~\"5..\"}: was %s; %s"
            .formatted(text, what));
  }

  boolean matches(Map<String, String> labels) {
    return (metric == null || metric.equals(labels.get(Batch.METRIC)))
        && (matchers == null || matchers.match(labels));
  }
}
