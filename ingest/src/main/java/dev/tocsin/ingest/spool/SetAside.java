// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What of a spool cannot go to Kafka: kept in files beside it, for a person. */
final class SetAside {

  private static final Logger LOG = LoggerFactory.getLogger(SetAside.class);

  private final Path directory;
  private final AtomicLong count;

  SetAside(Path directory, AtomicLong count) {
    this.directory = directory;
    this.count = count;
  }

  void damage(Segment segment, long from, long to) throws IOException {
    Path file =
        keep("%012d-%d.damaged".formatted(segment.number(), from), segment.read(from, to - from));
    LOG.error(
        "{} bytes of {} are damaged, with one message or more in them: kept as {}",
        to - from,
        segment,
        file);
  }

  void refused(String receipt, byte[] entry) throws IOException {
    Path file = keep(receipt + ".refused", entry);
    LOG.error("Kafka refuses message {} for good: kept as {}", receipt, file);
  }

  private Path keep(String name, byte[] bytes) throws IOException {
    Files.createDirectories(directory);
    Path file = directory.resolve(name);
    Files.write(file, bytes);
    count.incrementAndGet();
    return file;
  }
}
