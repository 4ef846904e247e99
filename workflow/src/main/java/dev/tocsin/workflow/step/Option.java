// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.step;

import dev.tocsin.schemas.alert.Severity;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Something that may be written under a step.
 *
 * @param right what is allowed, to finish the sentence "should be ..."
 */
public record Option(String name, String right, Predicate<String> allows) {

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
  private static final Pattern ENDPOINT_NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,59}");

  /** A time from 0 to a most. */
  public static Option duration(String name, Duration most) {
    return new Option(
        name,
        "a whole number and ms, s, m or h, at most " + most.toSeconds() + "s, as in 10s",
        text -> {
          Duration duration = parseDuration(text);
          return duration != null && duration.compareTo(most) <= 0;
        });
  }

  /** An endpoint of a channel. */
  public static Option endpoint(String name, String channel) {
    return new Option(
        name,
        channel + "/<name>, as in " + channel + "/default",
        text ->
            text.startsWith(channel + '/')
                && ENDPOINT_NAME.matcher(text.substring(channel.length() + 1)).matches());
  }

  public static Option severity(String name) {
    String known =
        Arrays.stream(Severity.values())
            .map(s -> s.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    return new Option(
        name,
        "one of " + known,
        text -> Arrays.stream(Severity.values()).anyMatch(s -> s.name().equalsIgnoreCase(text)));
  }

  /** Null when the text is no duration. */
  public static @Nullable Duration parseDuration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    long n = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(n);
      case "s" -> Duration.ofSeconds(n);
      case "m" -> Duration.ofMinutes(n);
      default -> Duration.ofHours(n);
    };
  }
}
