// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDB;

class RocksLibraryTest {

  @TempDir private Path directory;

  /** In a process of its own: this one may have loaded it already. */
  @Test
  void unpacked_isFoundByItsPath_andNothingIsLeftWhereCopiesGo() throws Exception {
    Path unpacked = RocksLibrary.unpack(directory.resolve("native"));
    Path copies = Files.createDirectory(directory.resolve("copies"));
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.library.path=" + unpacked.getParent(),
                "-Djava.io.tmpdir=" + copies,
                "-cp",
                System.getProperty("java.class.path"),
                Loading.class.getName())
            .inheritIO()
            .start();

    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(copies).isEmptyDirectory();
  }

  /** Loads the library, and ends as a killed process does, with nothing cleared away. */
  static final class Loading {

    private Loading() {}

    public static void main(String[] arguments) {
      RocksDB.loadLibrary();
      Runtime.getRuntime().halt(0);
    }
  }
}
