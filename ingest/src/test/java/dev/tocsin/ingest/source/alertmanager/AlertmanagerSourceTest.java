// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.source.alertmanager;

import dev.tocsin.ingest.source.AlertSource;
import dev.tocsin.ingest.source.AlertSourceContract;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.testkit.alert.SampleMessages;

class AlertmanagerSourceTest extends AlertSourceContract {

  @Override
  protected AlertSource source() {
    return new AlertmanagerSource();
  }

  @Override
  protected String message(Alert... alerts) {
    return SampleMessages.alertmanager(alerts);
  }
}
