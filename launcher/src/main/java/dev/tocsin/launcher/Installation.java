// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher;

import dev.tocsin.boot.DirectoryLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;

/** The directory an installation keeps its data in, held by one process at a time. */
final class Installation implements AutoCloseable {

  /** Standard Webhooks asks for 24 to 64 bytes. */
  private static final int SIGNING_KEY_BYTES = 32;

  private static final int PASSWORD_BYTES = 12;

  private static final String ADDRESS = "broker.address";

  private final Path directory;
  private final DirectoryLock lock;

  private Installation(Path directory, DirectoryLock lock) {
    this.directory = directory;
    this.lock = lock;
  }

  static Installation open(Path directory) {
    try {
      DirectoryLock lock = DirectoryLock.take(directory);
      if (lock == null) {
        throw new StartRefused(
            "another Tocsin runs on %s; stop it, or give this one its own TOCSIN_DATA_DIR"
                .formatted(directory));
      }
      return new Installation(directory, lock);
    } catch (IOException e) {
      throw new StartRefused(
          "the data directory %s cannot be used: %s"
              .formatted(directory.toAbsolutePath(), Cause.inWords(e)));
    }
  }

  Path directory() {
    return directory;
  }

  /**
   * The key that subscription secrets derive from: made at the first start, then kept, readable by
   * its owner only.
   */
  String signingKey() {
    return keep(
            directory.resolve("signing.key"),
            SIGNING_KEY_BYTES,
            Base64.getEncoder()::encodeToString)
        .value();
  }

  /** Something secret that is kept in a file, and whether it was made just now. */
  record Kept(String value, Path file, boolean isNew) {}

  /** What the first administrator logs in with: made and kept likewise. */
  Kept adminPassword() {
    return keep(directory.resolve("admin.password"), PASSWORD_BYTES, HexFormat.of()::formatHex);
  }

  private Kept keep(Path file, int bytes, Function<byte[], String> written) {
    try {
      boolean isNew = !Files.exists(file);
      if (isNew) {
        byte[] secret = new byte[bytes];
        new SecureRandom().nextBytes(secret);
        // Written aside and moved: a process killed here leaves no half a secret behind.
        Path fresh =
            Files.createTempFile(
                directory,
                "secret",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, written.apply(secret));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      }
      return new Kept(Files.readString(file).strip(), file, isNew);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be kept", e);
    }
  }

  /** Lets other programs on this machine find the broker that runs on this directory. */
  void brokerIsAt(String address) {
    try {
      Files.writeString(directory.resolve(ADDRESS), address);
    } catch (IOException e) {
      throw new UncheckedIOException("the broker's address cannot be kept in " + directory, e);
    }
  }

  /** Where the broker of a directory was when it started; empty when it never did. */
  static Optional<String> brokerOf(Path directory) {
    try {
      Path file = directory.resolve(ADDRESS);
      return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("the broker's address cannot be read in " + directory, e);
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the lock of " + directory + " cannot be given back", e);
    }
  }
}
