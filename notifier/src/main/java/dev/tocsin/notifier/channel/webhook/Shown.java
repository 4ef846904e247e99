// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.webhook;

import dev.tocsin.notifier.channel.call.Call;
import dev.tocsin.notifier.channel.call.Reply;
import dev.tocsin.schemas.Cut;
import dev.tocsin.schemas.attempt.Exchange;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What is shown of a call. Whoever answers may put anything into the answer, our own headers or
 * secrets of theirs included, so what looks like a secret is left out before it is written down.
 */
final class Shown {

  private static final int LONGEST = 500;
  private static final String LEFT_OUT = "[left out]";

  /** A name that promises a secret, and its value, in JSON, in a form or in a header. */
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)(\"?[\\w-]*(?:password|passwd|secret|token|api[_-]?key|authorization|cookie)[\\w-]*\"?"
              + "\\s*[:=]\\s*)(\"[^\"]*\"?|(?:(?:bearer|basic)\\s+)?[^\\s,;&}]+)");

  /** Long runs without a space that no word is: keys, tokens, signatures. */
  private static final Pattern LONG_RUN =
      Pattern.compile("(?:whsec_|tocsub_)[A-Za-z0-9+/_=.-]+|[A-Za-z0-9+/_=.-]{40,}");

  private Shown() {}

  static Exchange of(Call call, Reply reply) {
    var headers = new TreeMap<>(call.headers());
    return reply instanceof Reply.Answered answered
        ? new Exchange(call.uri().toString(), headers, answered.code(), masked(answered.body()))
        : new Exchange(call.uri().toString(), headers, null, null);
  }

  /** Why an attempt failed is told in words of the answer too. */
  static Reply.Answered withoutSecrets(Reply.Answered answered) {
    return new Reply.Answered(
        answered.code(),
        answered.headers(),
        masked(answered.body()).getBytes(StandardCharsets.UTF_8));
  }

  /** In one line, and cut only after masking: half a secret would look like none. */
  static String masked(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}+", " ").strip();
    String masked = NAMED.matcher(text).replaceAll("$1" + LEFT_OUT);
    return Cut.to(LONGEST, LONG_RUN.matcher(masked).replaceAll(LEFT_OUT));
  }
}
