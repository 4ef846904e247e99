// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.callback;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tocsin.ingest.callback.jira.JiraVendor;
import dev.tocsin.ingest.callback.pagerduty.PagerDutyVendor;
import dev.tocsin.ingest.callback.slack.SlackVendor;
import dev.tocsin.ingest.refusal.Refusal;
import dev.tocsin.ingest.source.Unreadable;
import dev.tocsin.schemas.callback.Callback;
import dev.tocsin.schemas.topic.Topics;
import java.util.List;
import java.util.Map;

/**
 * Whatever a vendor sends is read, unreadable or refused, and what is read can be written. {@code
 * JAZZER_FUZZ=1 mvn test -pl ingest -Dtest=CallbackFuzzTest#body} looks for more than the inputs
 * beside it.
 */
class CallbackFuzzTest {

  private static final List<Vendor> VENDORS =
      List.of(new PagerDutyVendor(), new JiraVendor(), new SlackVendor());

  @FuzzTest(maxDuration = "2m")
  void body(byte[] body) {
    for (Vendor vendor : VENDORS) {
      List<Callback> callbacks;
      try {
        callbacks = Webhooks.read(vendor, Map.of(), body);
      } catch (Unreadable | Refusal answer) {
        assertThat(answer.getMessage()).isNotBlank();
        continue;
      }
      for (Callback callback : callbacks) {
        byte[] written = Topics.CALLBACKS.valueSerde().serializer().serialize("any", callback);
        assertThat(Topics.CALLBACKS.valueSerde().deserializer().deserialize("any", written))
            .isEqualTo(callback);
      }
    }
  }
}
