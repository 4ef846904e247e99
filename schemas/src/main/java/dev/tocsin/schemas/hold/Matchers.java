// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.hold;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.tocsin.schemas.setting.Setting;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Conditions on labels, as Alertmanager's: all have to hold, a regular expression speaks of the
 * whole value, and a label that is not there is an empty one.
 *
 * <p>Expressions are RE2's, whose time grows with the text and not with the guesses. Its memory
 * grows with counted repetitions, so these are few.
 */
public final class Matchers {

  private static final int MOST = 20;
  private static final int LONGEST_LABEL = 200;
  private static final int LONGEST_VALUE = 500;
  private static final int MOST_REPETITIONS = 100;

  private static final Pattern REPETITION = Pattern.compile("\\{(\\d+)(?:,(\\d*))?\\}");

  private record One(String label, Predicate<String> test) {}

  private final List<One> all;

  private Matchers(List<One> all) {
    this.all = all;
  }

  /**
   * Reads matchers, or says what is wrong with them.
   *
   * @param place what they are called where they come from
   */
  public static Matchers of(String place, List<Setting.Matcher> matchers) {
    if (matchers.isEmpty() || matchers.size() > MOST) {
      throw new HoldFault(place, matchers.size() + " matchers", "1 to %d matchers".formatted(MOST));
    }
    return new Matchers(
        IntStream.range(0, matchers.size())
            .mapToObj(i -> one("%s[%d]".formatted(place, i), matchers.get(i)))
            .toList());
  }

  private static One one(String place, Setting.@Nullable Matcher matcher) {
    if (matcher == null) {
      throw new HoldFault(place, "nothing", "a label, an operator and a value");
    }
    String label = matcher.label();
    String value = matcher.value();
    if (isMissing(label) || label.isBlank() || label.length() > LONGEST_LABEL) {
      throw new HoldFault(
          place + ".label", label, "a label's name of 1 to %d characters".formatted(LONGEST_LABEL));
    }
    if (isMissing(value) || value.length() > LONGEST_VALUE) {
      throw new HoldFault(
          place + ".value", value, "text of at most %d characters".formatted(LONGEST_VALUE));
    }
    return new One(
        label,
        switch (matcher.operator()) {
          case "=" -> value::equals;
          case "!=" -> given -> !given.equals(value);
          case "=~" -> expression(place, value)::matches;
          case "!~" -> Predicate.not(expression(place, value)::matches);
          case null, default ->
              throw new HoldFault(place + ".operator", matcher.operator(), "one of =, !=, =~, !~");
        });
  }

  private static Pattern expression(String place, String value) {
    if (repetitions(value) > MOST_REPETITIONS) {
      throw new HoldFault(
          place + ".value",
          value,
          "an expression whose counted repetitions multiply to at most " + MOST_REPETITIONS);
    }
    try {
      return Pattern.compile(value);
    } catch (PatternSyntaxException e) {
      throw new HoldFault(
          place + ".value",
          value,
          "a regular expression as RE2 reads it (%s)".formatted(e.getDescription()));
    }
  }

  /** More than can be is said, since which of them are nested is not looked at. */
  private static long repetitions(String expression) {
    long product = 1;
    com.google.re2j.Matcher found = REPETITION.matcher(expression);
    while (found.find() && product <= MOST_REPETITIONS) {
      String most =
          found.group(2) == null || found.group(2).isEmpty() ? found.group(1) : found.group(2);
      product *= most.length() > 4 ? Integer.MAX_VALUE : Math.max(1, Integer.parseInt(most));
    }
    return product;
  }

  private static boolean isMissing(@Nullable Object member) {
    return member == null;
  }

  public boolean match(Map<String, String> labels) {
    for (One one : all) {
      if (!one.test.test(labels.getOrDefault(one.label, ""))) {
        return false;
      }
    }
    return true;
  }

  /** Whether every one of them is content with a label that is not there. */
  public boolean matchAnything() {
    return all.stream().allMatch(one -> one.test.test(""));
  }

  /** In the words of who asks for them. */
  public static String text(List<Setting.Matcher> matchers) {
    return matchers.stream()
        .map(m -> "%s%s\"%s\"".formatted(m.label(), m.operator(), m.value()))
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
