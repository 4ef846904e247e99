// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka.streams;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One bound on what the state stores of a process hold outside the heap, however many there are. By
 * default every store may take a hundred megabytes of its own.
 *
 * @see <a href="https://kafka.apache.org/42/streams/developer-guide/memory-mgmt/#rocksdb">Kafka
 *     Streams, memory management</a>
 */
public final class BoundedMemory implements RocksDBConfigSetter {

  private static final long BLOCKS = 32L << 20;
  private static final long WRITES = 24L << 20;
  private static final long WRITES_OF_ONE = 4L << 20;

  // They live as long as the process: stores come and go with their tasks.
  private static final Cache CACHE;
  private static final WriteBufferManager BUFFERS;

  static {
    RocksDB.loadLibrary();
    CACHE = new LRUCache(BLOCKS);
    BUFFERS = new WriteBufferManager(WRITES, CACHE);
  }

  @Override
  public void setConfig(String store, Options options, Map<String, Object> configs) {
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(CACHE);
    table.setCacheIndexAndFilterBlocks(true);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(BUFFERS);
    options.setWriteBufferSize(WRITES_OF_ONE);
    options.setMaxWriteBufferNumber(2);
  }

  @Override
  public void close(String store, Options options) {
    // The cache and the buffers are everybody's.
  }
}
