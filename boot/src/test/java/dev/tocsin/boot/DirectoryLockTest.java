// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {

  @TempDir Path parent;

  @Test
  void directory_isOneOwnersAtATime() throws IOException {
    Path directory = parent.resolve("made/when/missing");
    try (DirectoryLock first = DirectoryLock.take(directory)) {
      assertThat(first).isNotNull();
      assertThat(DirectoryLock.take(directory)).isNull();
    }
    try (DirectoryLock next = DirectoryLock.take(directory)) {
      assertThat(next).isNotNull();
    }
  }

  @Test
  void whatIsNoDirectory_cannotBeTaken() throws IOException {
    Path file = Files.createFile(parent.resolve("file"));
    assertThatThrownBy(() -> DirectoryLock.take(file)).isInstanceOf(IOException.class);
  }
}
