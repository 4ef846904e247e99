// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher.endtoend;

import static dev.tocsin.launcher.endtoend.Outside.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.launcher.Everything;
import dev.tocsin.launcher.broker.EmbeddedBroker;
import dev.tocsin.testkit.pagerduty.PagerDutyIncident;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker of its own, which goes away under traffic and comes back. */
class BrokerAwayTest {

  private static final String STARTED = "2026-03-02T10:00:00Z";

  @TempDir Path data;
  @TempDir Path brokerData;

  @Test
  void brokerAwayForAWhile_losesNothingThatWasAccepted() {
    int port = Outside.freePort();
    EmbeddedBroker broker = EmbeddedBroker.start(brokerData, port);
    try (Outside outside = new Outside();
        Everything program = Everything.start(data, broker.address(), outside.settings())) {
      assertThat(program.report()).anyMatch(line -> line.contains("127.0.0.1:" + port));
      assertThat(outside.post("firing", "before", STARTED)).isEqualTo(202);
      eventually(() -> outside.pagerDuty.incidents().size() == 1);

      broker.close();
      assertThat(outside.post("firing", "meanwhile", STARTED)).as("on disk").isEqualTo(202);

      broker = EmbeddedBroker.start(brokerData, port);
      eventually(() -> outside.post("firing", "after", STARTED) == 202);
      eventually(() -> outside.pagerDuty.incidents().size() == 3);
      assertThat(outside.pagerDuty.incidents())
          .extracting(PagerDutyIncident::summary)
          .as("each paged once")
          .doesNotHaveDuplicates();
    } finally {
      broker.close();
    }
  }
}
