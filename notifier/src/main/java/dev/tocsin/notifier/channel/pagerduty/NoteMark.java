// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.pagerduty;

/**
 * What our notes in PagerDuty begin with. They stand there under the name of the token's owner: the
 * mark tells people that it was not her, and us that it was we. At the beginning, since PagerDuty's
 * webhooks cut the end.
 */
public final class NoteMark {

  private static final String MARK = "[Tocsin] ";

  private NoteMark() {}

  static String on(String text) {
    return MARK + text;
  }

  public static boolean isOn(String text) {
    return text.startsWith(MARK.strip());
  }
}
