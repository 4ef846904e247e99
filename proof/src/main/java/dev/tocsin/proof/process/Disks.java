// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.process;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Small file systems in memory under the program's data, which can be filled to the last byte. */
public final class Disks implements AutoCloseable {

  private static final Map<String, Integer> MEGABYTES =
      Map.of("broker", 768, "state", 512, "spool", 32);
  private static final String BALLAST = "ballast";

  private final Path data;
  private final List<Path> mounted = new ArrayList<>();

  /**
   * @param names directories of the data directory
   */
  public Disks(Path data, Set<String> names) {
    this.data = data;
    for (String name : names) {
      Integer size = MEGABYTES.get(name);
      if (size == null) {
        throw new IllegalArgumentException(
            "there is no disk %s; there are %s".formatted(name, MEGABYTES.keySet()));
      }
      Path directory = data.resolve(name);
      try {
        Files.createDirectories(directory);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      run("mount", "-t", "tmpfs", "-o", "size=" + size + "m", "tmpfs", directory.toString());
      mounted.add(directory);
    }
  }

  /** Why there can be none here; null when there can. */
  public static @Nullable String whyNot() {
    return "root".equals(System.getProperty("user.name")) ? null : "mounting needs root";
  }

  /** Writes until nothing fits any more. */
  public void fill(String name) {
    byte[] block = new byte[64 << 10];
    try (OutputStream ballast = Files.newOutputStream(data.resolve(name).resolve(BALLAST))) {
      while (true) {
        ballast.write(block);
      }
    } catch (IOException full) {
      // As intended; what is left is less than a block.
      System.Logger log = System.getLogger(Disks.class.getName());
      log.log(System.Logger.Level.DEBUG, "full", full);
    }
  }

  public void empty(String name) {
    try {
      Files.deleteIfExists(data.resolve(name).resolve(BALLAST));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    mounted.reversed().forEach(directory -> run("umount", "-l", directory.toString()));
    mounted.clear();
  }

  private static void run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(String.join(" ", command) + ": " + said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
