// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.source.grafana;

import dev.tocsin.ingest.source.AlertSource;
import dev.tocsin.ingest.source.AlertSourceContract;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.testkit.alert.SampleMessages;

class GrafanaSourceTest extends AlertSourceContract {

  @Override
  protected AlertSource source() {
    return new GrafanaSource();
  }

  @Override
  protected String message(Alert... alerts) {
    return SampleMessages.grafana(alerts);
  }
}
