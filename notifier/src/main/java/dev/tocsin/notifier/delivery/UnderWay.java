// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.delivery;

import dev.tocsin.boot.DirectoryLock;
import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.topic.Json;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Which attempts this process is making, a file for each: whoever comes after a process that was
 * killed can then say at once that they ended, where a lease would have to run out.
 *
 * <p>The lock of the directory is held for as long as the process lives, so that what lies there
 * when it is opened is of one that does not. It is a short cut, and no promise: files that are lost
 * (with the machine, or for want of space) leave their attempts to the lease.
 */
final class UnderWay implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(UnderWay.class);
  private static final String ENDING = ".json";

  private final Path directory;
  private final @Nullable DirectoryLock lock;

  private UnderWay(Path directory, @Nullable DirectoryLock lock) {
    this.directory = directory;
    this.lock = lock;
  }

  /** Keeps nothing where the directory cannot be used, or is another process's. */
  static UnderWay in(Path directory) {
    DirectoryLock lock = null;
    String why = "another notifier has it";
    try {
      lock = DirectoryLock.take(directory);
    } catch (IOException e) {
      why = e.toString();
    }
    if (lock == null) {
      LOG.warn(
          "after a kill, attempts under way will be left to their leases: {} cannot be used: {}",
          directory,
          why);
    }
    return new UnderWay(directory, lock);
  }

  /** What was under way when the process before this one ended; nothing after a clean stop. */
  List<Attempt> left() {
    List<Attempt> left = new ArrayList<>();
    if (lock == null) {
      return left;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + ENDING)) {
      for (Path file : files) {
        try {
          left.add(Json.MAPPER.readValue(Files.readAllBytes(file), Attempt.class));
        } catch (JacksonException e) {
          // Killed while it was written, which is before the call.
          LOG.info("{} is left to its lease: {}", file.getFileName(), e.getOriginalMessage());
          Files.delete(file);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      LOG.warn("what was under way cannot be read, and is left to its leases: {}", e.toString());
    }
    return left;
  }

  /**
   * Once it is certain that nobody will make it again, and before it is made.
   *
   * @param attempt as it was read
   */
  void begin(String attemptId, byte[] attempt) {
    if (lock == null) {
      return;
    }
    try {
      Files.write(file(attemptId), attempt);
    } catch (IOException e) {
      LOG.debug("attempt {} would be left to its lease: {}", attemptId, e.toString());
    }
  }

  /** Once its result is durable. */
  void end(String attemptId) {
    if (lock == null) {
      return;
    }
    try {
      Files.deleteIfExists(file(attemptId));
    } catch (IOException e) {
      LOG.debug("attempt {} will be said to have ended again: {}", attemptId, e.toString());
    }
  }

  private Path file(String attemptId) {
    return directory.resolve(attemptId + ENDING);
  }

  @Override
  public void close() {
    if (lock == null) {
      return;
    }
    try {
      lock.close();
    } catch (IOException e) {
      LOG.debug("the lock of {} was not closed: {}", directory, e.toString());
    }
  }
}
