// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One file of a source's spool: frames, added at its end and on disk when adding returns. */
final class Segment implements Closeable {

  private static final Pattern NAME = Pattern.compile("(\\d{12})-([0-9a-f]{16})\\.spool");
  private static final SecureRandom SALTS = new SecureRandom();
  private static final int WINDOW = 1 << 20;

  private final Path file;
  private final long number;
  private final Frames frames;
  private FileChannel channel;
  private boolean closed;

  /** Bytes that are surely on disk; what lies behind them was never confirmed to anybody. */
  private volatile long length;

  private Segment(Path file, long number, long salt, FileChannel channel, long length) {
    this.file = file;
    this.number = number;
    this.frames = new Frames(salt);
    this.channel = channel;
    this.length = length;
  }

  static Segment create(Path directory, long number) throws IOException {
    long salt = SALTS.nextLong();
    Path file = directory.resolve("%012d-%016x.spool".formatted(number, salt));
    if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } else {
      Files.createFile(file);
    }
    sync(directory);
    return new Segment(file, number, salt, open(file), 0);
  }

  static boolean isOne(Path file) {
    return NAME.matcher(file.getFileName().toString()).matches();
  }

  /** A file of an earlier run, as it is. */
  static Segment reopen(Path file) throws IOException {
    Matcher name = NAME.matcher(file.getFileName().toString());
    if (!name.matches()) {
      throw new IOException(file + " is not named like a file of the spool");
    }
    FileChannel channel = open(file);
    return new Segment(
        file,
        Long.parseLong(name.group(1)),
        Long.parseUnsignedLong(name.group(2), 16),
        channel,
        channel.size());
  }

  long number() {
    return number;
  }

  long length() {
    return length;
  }

  byte[] frame(byte[] entry) {
    return frames.frame(entry);
  }

  /** On disk when it returns; not there at all when it fails. */
  void append(byte[] framed) throws IOException {
    try {
      FileChannel open = channel();
      ByteBuffer bytes = ByteBuffer.wrap(framed);
      for (long at = length; bytes.hasRemaining(); ) {
        at += open.write(bytes, at);
      }
      open.force(false);
      length += framed.length;
    } catch (IOException e) {
      try {
        channel().truncate(length);
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  /**
   * A frame in the file.
   *
   * @param start where it begins; damage lies between this and where it was looked for
   * @param end where to look for the next
   */
  record Found(long start, long end, byte[] entry) {}

  /** The first whole frame at a position or after it; null when there is none. */
  @Nullable Found next(long from) throws IOException {
    Frames.Found found = null;
    // Mostly a frame is small and whole; for one that is not, more of the file is read.
    for (long most : new long[] {64 << 10, WINDOW, Long.MAX_VALUE}) {
      byte[] bytes = read(from, most);
      found = frames.next(bytes, 0);
      if (found != null || bytes.length == length - from) {
        break;
      }
    }
    return found == null
        ? null
        : new Found(from + found.start(), from + found.end(), found.entry());
  }

  byte[] read(long from, long most) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, Math.min(most, length - from)));
    FileChannel open = channel();
    while (bytes.hasRemaining() && open.read(bytes, from + bytes.position()) >= 0) {
      // Until it is full.
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  /** Forgets what lies behind a position. */
  void cut(long at) throws IOException {
    FileChannel open = channel();
    open.truncate(at);
    open.force(true);
    length = at;
  }

  void delete() throws IOException {
    close();
    Files.deleteIfExists(file);
  }

  @Override
  public void close() throws IOException {
    closed = true;
    channel.close();
  }

  /** A thread that is interrupted while it writes closes the channel for all; the file is fine. */
  private FileChannel channel() throws IOException {
    if (!channel.isOpen() && !closed) {
      channel = open(file);
    }
    return channel;
  }

  @Override
  public String toString() {
    return file.toString();
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** A file is only there for good when its directory says so. */
  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
