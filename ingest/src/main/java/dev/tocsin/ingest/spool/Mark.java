// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * How far a source's spool is drained, in a small file.
 *
 * <p>It is not forced to disk. A killed process leaves it as it was written last; a machine that
 * loses its power may find an older one, and then a few messages are written again.
 */
final class Mark implements Closeable {

  private static final int SIZE = 20;

  private final FileChannel channel;

  Mark(Path file) throws IOException {
    this.channel =
        FileChannel.open(
            file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
  }

  /** All before this is drained. */
  record Position(long segment, long at) {}

  void set(Position position) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(SIZE).putLong(position.segment()).putLong(position.at());
    bytes.putInt(checksum(bytes)).flip();
    channel.write(bytes, 0);
  }

  /** The beginning, where nothing or nothing whole was written. */
  Position get() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(SIZE);
    int read = channel.read(bytes, 0);
    if (read < SIZE || bytes.getInt(16) != checksum(bytes)) {
      return new Position(0, 0);
    }
    return new Position(bytes.getLong(0), bytes.getLong(8));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static int checksum(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.array(), 0, 16);
    return (int) crc.getValue();
  }
}
