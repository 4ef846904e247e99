// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.boot;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * That a directory is one owner's alone, by a file {@code lock} in it. The lock is the kernel's: it
 * ends with the process, however that ends, and whoever has it knows that the owner before is gone.
 */
public final class DirectoryLock implements AutoCloseable {

  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Makes the directory where there is none.
   *
   * @return null when another process, or another part of this one, has it
   * @throws IOException when the directory cannot be made or written
   */
  public static @Nullable DirectoryLock take(Path directory) throws IOException {
    Files.createDirectories(directory);
    FileChannel channel =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (isFree(channel)) {
      return new DirectoryLock(channel);
    }
    channel.close();
    return null;
  }

  private static boolean isFree(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
