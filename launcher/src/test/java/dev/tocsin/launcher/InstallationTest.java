// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {

  @TempDir Path directory;

  @Test
  void directoryInUse_isRefusedWithWhatToDo() throws Exception {
    try (Installation first = Installation.open(directory)) {
      assertThat(first.directory()).isEqualTo(directory);
      assertThatThrownBy(() -> Installation.open(directory))
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining(directory.toString());
    }
    Installation.open(directory).close();
  }

  @Test
  void signingKey_staysTheSameAndIsItsOwnersOnly() throws Exception {
    String made;
    try (Installation first = Installation.open(directory)) {
      made = first.signingKey();
    }
    try (Installation again = Installation.open(directory)) {
      assertThat(again.signingKey()).isEqualTo(made);
    }
    assertThat(Base64.getDecoder().decode(made)).hasSize(32);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("signing.key"))))
        .isEqualTo("rw-------");
  }
}
