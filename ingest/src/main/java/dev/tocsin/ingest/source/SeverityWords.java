// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.source;

import dev.tocsin.schemas.alert.Severity;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What people write for a severity. What is missing or unknown counts as {@code ERROR}: a page too
 * many is noticed, a page too few is not.
 */
public final class SeverityWords {

  /** In this order the first that says a known word decides. */
  private static final List<String> LABELS = List.of("severity", "sev", "priority", "level");

  /** Alerts that always fire, to show that the way to us is open. */
  private static final List<String> HEARTBEATS = List.of("watchdog", "deadmansswitch");

  private static final int LONGEST = 64;

  private static final Map<String, Severity> WORDS = new HashMap<>();

  static {
    say(
        Severity.CRITICAL,
        "critical crit page fatal emergency emerg alert disaster blocker urgent highest panic");
    say(Severity.CRITICAL, "p0 p1 sev0 sev1 s0 s1 0 1");
    say(Severity.ERROR, "error err high major severe p2 sev2 s2 2");
    say(Severity.WARNING, "warning warn medium moderate minor average p3 sev3 s3 3");
    say(
        Severity.INFO,
        "info information informational notice low lowest trivial debug none ok p4 p5 sev4 sev5 s4 s5 4 5");
  }

  private SeverityWords() {}

  public static Severity of(Map<String, String> labels) {
    Map<String, String> plain = new HashMap<>();
    labels.forEach((name, value) -> plain.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
    for (String label : LABELS) {
      Severity known = WORDS.get(plain(plain.get(label)));
      if (known != null) {
        return known;
      }
    }
    boolean silent = LABELS.stream().noneMatch(plain::containsKey);
    return silent && HEARTBEATS.contains(plain(plain.get("alertname")))
        ? Severity.INFO
        : Severity.ERROR;
  }

  private static String plain(@Nullable String word) {
    return word == null || word.length() > LONGEST
        ? ""
        : word.strip().toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
  }

  private static void say(Severity severity, String words) {
    for (String word : words.split(" ", -1)) {
      WORDS.put(word, severity);
    }
  }
}
