// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/**
 * RocksDB's library for this machine, unpacked once. Left in its jar it is unpacked at every start,
 * and a process that is killed leaves its copy of 15 MB behind.
 */
final class RocksLibrary {

  private RocksLibrary() {}

  /** Writes it to {@code directory}, which is made, under the name RocksDB looks for. */
  static Path unpack(Path directory) {
    String name = Environment.getJniLibraryFileName("rocksdb");
    try (InputStream packed = RocksDB.class.getResourceAsStream('/' + name)) {
      if (packed == null) {
        throw new StartRefused("RocksDB has no library for this machine: there is no " + name);
      }
      Path library = Files.createDirectories(directory).resolve(name);
      Files.copy(packed, library, StandardCopyOption.REPLACE_EXISTING);
      return library;
    } catch (IOException e) {
      throw new UncheckedIOException("could not unpack " + name + " into " + directory, e);
    }
  }
}
