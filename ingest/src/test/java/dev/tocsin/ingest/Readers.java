// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import dev.tocsin.ingest.AlertReader.Reading;
import dev.tocsin.ingest.body.LimitSettings;
import dev.tocsin.ingest.group.AlertGroups;
import dev.tocsin.ingest.source.MessageReader;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.GroupRule;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** What ingest makes of a body, without HTTP and without a broker. */
final class Readers {

  static final Instant NOW = Instant.parse("2026-11-22T10:05:00Z");

  private Readers() {}

  static AlertReader reader() {
    return new AlertReader(
        new MessageReader(LimitSettings.DEFAULT),
        new IngestConfiguration().sourceCatalog(),
        new AlertMapper(new AlertGroups(GroupRule.DEFAULT)));
  }

  static Reading read(String type, byte[] body) {
    return reader().read(type, new Arrival(type, "rcp_test", NOW, "00-trace", null, body));
  }

  static Reading read(String type, String body) {
    return read(type, body.getBytes(StandardCharsets.UTF_8));
  }

  static Alert alert(String type, String body) {
    List<Alert> alerts = read(type, body).alerts();
    if (alerts.size() != 1) {
      throw new AssertionError("one alert expected: " + alerts);
    }
    return alerts.getFirst();
  }
}
