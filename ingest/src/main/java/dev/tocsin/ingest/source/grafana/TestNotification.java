// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.source.grafana;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the test button of a contact point sends. The labels can be changed by whoever presses it,
 * but then the group key still differs from every real one, and no rule is linked.
 */
final class TestNotification {

  /** {@code <receiver>-<fingerprint>-<unix seconds>}, or in Grafana 8 labels and a Go time. */
  private static final Pattern GROUP_KEY =
      Pattern.compile(
          "[^{].*-[0-9a-f]{16}-[0-9]{9,11}|-[0-9a-f]{16}-[0-9]{9,11}|\\{.*\\}[0-9]{4}-.* m=[+-][0-9.]+",
          Pattern.DOTALL);

  /** Those of the test button are short, and the pattern is not to meet a long one. */
  private static final int LONGEST = 1000;

  private TestNotification() {}

  static boolean isOne(
      @Nullable String groupKey, @Nullable String generatorUrl, Map<String, String> labels) {
    boolean labelled =
        "TestAlert".equals(labels.get("alertname")) && "Grafana".equals(labels.get("instance"));
    boolean ruleless = generatorUrl == null || !generatorUrl.contains("/alerting/");
    return labelled || ruleless && groupKey != null && isTests(groupKey);
  }

  private static boolean isTests(String groupKey) {
    return groupKey.length() <= LONGEST && GROUP_KEY.matcher(groupKey).matches();
  }
}
