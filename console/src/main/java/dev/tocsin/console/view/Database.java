// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.view;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.TtlDB;

/** An open RocksDB whose native memory is bounded: about 8 MB to read, 8 MB to write. */
final class Database implements AutoCloseable {

  private static final long READ_CACHE = 8 << 20;
  private static final long WRITE_BUFFERS = 8 << 20;
  private static final long WRITE_BUFFER = 4 << 20;
  private static final long LOG = 16 << 20;

  static {
    RocksDB.loadLibrary();
  }

  private final TtlDB db;
  private final List<ColumnFamilyHandle> families;
  private final List<AbstractNativeReference> natives;

  private Database(
      TtlDB db, List<ColumnFamilyHandle> families, List<AbstractNativeReference> natives) {
    this.db = db;
    this.families = families;
    this.natives = natives;
  }

  static Database open(Path directory) {
    Cache cache = new LRUCache(READ_CACHE);
    BloomFilter filter = new BloomFilter(10);
    ColumnFamilyOptions familyOptions =
        new ColumnFamilyOptions()
            .setWriteBufferSize(WRITE_BUFFER)
            .setMaxWriteBufferNumber(2)
            .setCompressionType(CompressionType.LZ4_COMPRESSION)
            .setTableFormatConfig(
                new BlockBasedTableConfig()
                    .setBlockCache(cache)
                    .setFilterPolicy(filter)
                    .setCacheIndexAndFilterBlocks(true));
    DBOptions options =
        new DBOptions()
            .setCreateIfMissing(true)
            .setCreateMissingColumnFamilies(true)
            .setDbWriteBufferSize(WRITE_BUFFERS)
            .setMaxTotalWalSize(LOG)
            .setMaxOpenFiles(128)
            .setMaxBackgroundJobs(2)
            .setKeepLogFileNum(2)
            .setInfoLogLevel(InfoLogLevel.WARN_LEVEL);
    List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
    List<Integer> seconds = new ArrayList<>();
    for (Family family : Family.values()) {
      descriptors.add(new ColumnFamilyDescriptor(name(family), familyOptions));
      seconds.add(family.seconds());
    }
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try {
      Files.createDirectories(directory);
      TtlDB db = TtlDB.open(options, directory.toString(), descriptors, handles, seconds, false);
      return new Database(db, handles, List.of(options, familyOptions, filter, cache));
    } catch (RocksDBException e) {
      throw new ViewStore.ViewStoreException("cannot be opened", directory, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] name(Family family) {
    return family == Family.FOR_GOOD
        ? RocksDB.DEFAULT_COLUMN_FAMILY
        : family.name().getBytes(StandardCharsets.UTF_8);
  }

  RocksDB db() {
    return db;
  }

  ColumnFamilyHandle family(Family family) {
    return families.get(family.ordinal());
  }

  @Override
  public void close() {
    families.forEach(ColumnFamilyHandle::close);
    db.close();
    natives.forEach(AbstractNativeReference::close);
  }
}
