// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SettingsCheckTest {

  @Test
  void everyRecordOfSettings_isFoundByItsName() {
    assertThat(SettingsCheck.settings(SettingsCheck.BY_THEIR_NAME))
        .hasSizeGreaterThan(10)
        .hasSameElementsAs(SettingsCheck.settings("**/*.class"));
  }
}
