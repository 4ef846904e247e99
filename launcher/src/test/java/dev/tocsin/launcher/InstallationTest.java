// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
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
    assertOwnersOnly("signing.key");
  }

  @Test
  void adminPassword_isNewOnce_thenKept_andItsOwnersOnly() throws Exception {
    Installation.Kept made;
    try (Installation first = Installation.open(directory)) {
      made = first.adminPassword();
    }
    assertThat(made.isNew()).isTrue();
    assertThat(made.value()).matches("[0-9a-f]{24}");
    try (Installation again = Installation.open(directory)) {
      assertThat(again.adminPassword())
          .isEqualTo(new Installation.Kept(made.value(), made.file(), false));
    }
    assertOwnersOnly("admin.password");
  }

  private void assertOwnersOnly(String file) throws IOException {
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(file))))
        .isEqualTo("rw-------");
  }
}
