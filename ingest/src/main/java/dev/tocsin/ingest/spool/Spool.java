// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.spool;

import dev.tocsin.boot.DirectoryLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was accepted and is not in Kafka yet, on disk: a directory for each source, so that none
 * waits for another.
 */
public final class Spool implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

  private final Path directory;
  private final Room room;
  private final DirectoryLock lock;
  private final AtomicLong setAside = new AtomicLong();
  private volatile Consumer<SourceSpool> opened = source -> {};
  private final ConcurrentMap<String, SourceSpool> sources = new ConcurrentHashMap<>();

  /** Takes over what an earlier run left there, of whatever sources. */
  public Spool(Path directory, SpoolSettings settings) {
    this.directory = directory;
    this.room = new Room(settings.max().toBytes());
    try {
      this.lock = take(directory);
      try (Stream<Path> all = Files.list(directory)) {
        all.filter(Files::isDirectory).forEach(found -> of(found.getFileName().toString()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the spool at %s cannot be opened".formatted(directory), e);
    }
    if (messages() > 0) {
      LOG.info("{} messages of an earlier run wait to go to Kafka", messages());
    }
  }

  private static DirectoryLock take(Path directory) throws IOException {
    DirectoryLock lock = DirectoryLock.take(directory);
    if (lock == null) {
      throw new IOException("another ingest has it: give each its own directory (tocsin.data-dir)");
    }
    return lock;
  }

  /** A source's own; made when there is none. */
  public SourceSpool of(String source) {
    SourceSpool known = sources.get(source);
    if (known != null) {
      return known;
    }
    SourceSpool own = sources.computeIfAbsent(source, this::open);
    opened.accept(own);
    return own;
  }

  private SourceSpool open(String source) {
    try {
      Path own = Files.createDirectories(directory.resolve(source));
      Mark mark = new Mark(own.resolve("drained"));
      SetAside aside = new SetAside(own.resolve("set-aside"), setAside);
      return new SourceSpool(source, own, room, mark, Recovery.of(own, mark, aside));
    } catch (IOException e) {
      throw new UncheckedIOException("the spool of %s cannot be opened".formatted(source), e);
    }
  }

  Collection<SourceSpool> sources() {
    return sources.values();
  }

  /** Calls with each source there is, and with each there will be. */
  void onOpened(Consumer<SourceSpool> listener) {
    opened = listener;
    sources.values().forEach(listener);
  }

  public long bytes() {
    return room.used();
  }

  public boolean isFull() {
    return room.isFull();
  }

  public long messages() {
    return sources.values().stream().mapToLong(SourceSpool::messages).sum();
  }

  /** Damaged or refused parts kept in files since the start. */
  public long setAside() {
    return setAside.get();
  }

  /** When the message that waits longest was accepted; null when none waits. */
  public @Nullable Instant oldest() {
    return sources.values().stream()
        .map(SourceSpool::oldest)
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  /** Sources that have messages waiting. */
  public List<String> waiting() {
    return sources.values().stream()
        .filter(source -> !source.isEmpty())
        .map(SourceSpool::source)
        .sorted()
        .toList();
  }

  @Override
  public void close() {
    try {
      for (SourceSpool source : sources.values()) {
        source.close();
      }
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the spool at %s cannot be closed".formatted(directory), e);
    }
  }
}
