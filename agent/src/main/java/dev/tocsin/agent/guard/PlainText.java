// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.guard;

import dev.tocsin.schemas.Cut;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a model wrote, as plain text: no markup, nothing invisible, and no link to a host that was
 * not in the evidence.
 *
 * @param hosts the hosts that may be linked to, in lower case
 */
public record PlainText(Set<String> hosts) {

  private static final Pattern MARKDOWN_LINK =
      Pattern.compile("!?\\[([^\\]\\[]{0,300})]\\(([^()\\s]{0,2000})[^()]{0,200}\\)");
  private static final Pattern TAG =
      Pattern.compile(
          "<[/!@#?]?[a-zA-Z][^<>]{0,2000}>|<!--[\\s\\S]{0,2000}?-->|<[@#!][^<>]{0,300}>");
  private static final Pattern URL =
      Pattern.compile(
          "(?i)\\b(?:[a-z][a-z0-9+.-]{1,20}://|www\\.|javascript:|data:|mailto:)[^\\s<>\"'`]{0,2000}");

  private static final Pattern TERMINAL_SEQUENCE =
      Pattern.compile("\\u001b\\[[0-9;:<=>?]{0,40}[ -/]{0,4}[@-~]");

  /** At most so many characters of it. */
  public String clean(String text, int most) {
    String plain = visible(text);
    plain =
        MARKDOWN_LINK
            .matcher(plain)
            .replaceAll(m -> Matcher.quoteReplacement(m.group(1) + ' ' + m.group(2)));
    plain = TAG.matcher(plain).replaceAll("");
    plain =
        URL.matcher(plain)
            .replaceAll(
                m -> Matcher.quoteReplacement(isKnown(m.group()) ? m.group() : "[link removed]"));
    return Cut.to(most, plain.strip());
  }

  private boolean isKnown(String url) {
    String lower = url.toLowerCase(Locale.ROOT);
    return (lower.startsWith("http://") || lower.startsWith("https://"))
        && hosts.contains(host(url));
  }

  /** The host of an address in lower case; empty when it has none. */
  public static String host(String url) {
    try {
      String host = URI.create(url.replaceFirst("[.,;:!?)\\]]+$", "")).getHost();
      return host == null ? "" : host.toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /**
   * Without a terminal's colours, and control, format, private-use and unassigned characters; lines
   * and tabs stay.
   */
  public static String visible(String text) {
    StringBuilder visible = new StringBuilder(text.length());
    TERMINAL_SEQUENCE
        .matcher(text)
        .replaceAll("")
        .codePoints()
        .filter(PlainText::isVisible)
        .forEach(visible::appendCodePoint);
    return visible.toString();
  }

  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL -> c == '\n' || c == '\t';
      case Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE, Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
