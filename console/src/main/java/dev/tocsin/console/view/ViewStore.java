// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.view;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The rows on disk.
 *
 * <p>A write is one RocksDB batch with its log, so a killed process finds all of it or nothing. The
 * lock is for the native handles: none may be closed while somebody reads through it.
 */
public final class ViewStore implements Rows, AutoCloseable {

  private final Path directory;
  private final ReentrantReadWriteLock handles = new ReentrantReadWriteLock();
  private @Nullable Database database;

  public ViewStore(Path directory) {
    this.directory = directory;
    this.database = Database.open(directory);
  }

  @Override
  public byte @Nullable [] bytes(Key key) {
    Lock lock = handles.readLock();
    lock.lock();
    try {
      Database open = open();
      return open.db().get(open.family(key.family()), key.bytes());
    } catch (RocksDBException e) {
      throw new ViewStoreException("cannot be read", directory, e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void scan(Key prefix, byte @Nullable [] after, Visitor visitor) {
    byte[] from = prefix.bytes();
    Lock lock = handles.readLock();
    lock.lock();
    Database open = open();
    try (RocksIterator rows = open.db().newIterator(open.family(prefix.family()))) {
      byte[] start = after == null ? from : prefix.followedBy(after).bytes();
      rows.seek(start);
      if (after != null && rows.isValid() && Arrays.equals(rows.key(), start)) {
        rows.next();
      }
      while (rows.isValid() && startsWith(rows.key(), from)) {
        byte[] key = rows.key();
        if (!visitor.visit(Arrays.copyOfRange(key, from.length, key.length), rows.value())) {
          return;
        }
        rows.next();
      }
      rows.status();
    } catch (RocksDBException e) {
      throw new ViewStoreException("cannot be read", directory, e);
    } finally {
      lock.unlock();
    }
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  /** Makes all changes, or none. */
  public void write(Changes changes) {
    Lock lock = handles.readLock();
    lock.lock();
    Database open = open();
    try (WriteBatch batch = new WriteBatch();
        WriteOptions options = new WriteOptions()) {
      for (Map.Entry<Key, Optional<byte[]>> change : changes.changed().entrySet()) {
        Key key = change.getKey();
        byte[] value = change.getValue().orElse(null);
        if (value == null) {
          batch.delete(open.family(key.family()), key.bytes());
        } else {
          batch.put(open.family(key.family()), key.bytes(), value);
        }
      }
      open.db().write(options, batch);
    } catch (RocksDBException e) {
      throw new ViewStoreException("cannot be written", directory, e);
    } finally {
      lock.unlock();
    }
  }

  /** Forgets everything. */
  void clear() {
    Lock lock = handles.writeLock();
    lock.lock();
    try {
      if (database != null) {
        database.close();
        database = null;
      }
      delete(directory);
      database = Database.open(directory);
    } finally {
      lock.unlock();
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> inside = Files.walk(directory)) {
      for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Database open() {
    Database open = database;
    if (open == null) {
      throw new ViewStoreException("is closed", directory, null);
    }
    return open;
  }

  @Override
  public void close() {
    Lock lock = handles.writeLock();
    lock.lock();
    try {
      if (database != null) {
        database.close();
        database = null;
      }
    } finally {
      lock.unlock();
    }
  }

  /** The disk, or what is on it, does not do its part. */
  static final class ViewStoreException extends RuntimeException {

    ViewStoreException(String what, Path directory, @Nullable Throwable cause) {
      super("the view in " + directory + " " + what, cause);
    }
  }
}
