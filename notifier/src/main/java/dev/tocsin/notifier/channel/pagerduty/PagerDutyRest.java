// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.pagerduty;

import dev.tocsin.notifier.channel.call.Call;
import java.util.HashMap;
import java.util.Map;

/** Calls of PagerDuty's REST API, with the token in their headers. */
public final class PagerDutyRest {

  private final PagerDutySettings settings;

  public PagerDutyRest(PagerDutySettings settings) {
    this.settings = settings;
  }

  /** The path begins with a slash, and its query is encoded. */
  public Call get(String path) {
    return Call.get(settings.rest(path), headers());
  }

  Call post(String path, byte[] body) {
    return Call.post(settings.rest(path), headers(), body);
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new HashMap<>();
    headers.put("Authorization", "Token token=" + settings.apiToken());
    headers.put("Accept", "application/vnd.pagerduty+json;version=2");
    headers.put("Content-Type", "application/json");
    if (!settings.from().isEmpty()) {
      headers.put("From", settings.from());
    }
    return headers;
  }
}
