// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.sample;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a file that may hold none: of one that is too long for a row its beginning is handed on
 * and the rest passed over, so that a picture or a dump is refused in little memory.
 */
final class LongLines implements Closeable {

  static final int LONGEST = 10_000;

  private final BufferedReader reader;
  private boolean skipsFeed;

  LongLines(Reader reader) {
    this.reader = new BufferedReader(reader);
  }

  /** The next line without its end; null when there is none. */
  @Nullable String next() throws IOException {
    StringBuilder line = new StringBuilder();
    boolean any = false;
    for (int c = reader.read(); c >= 0; c = reader.read()) {
      boolean isSecondOfEnd = skipsFeed && c == '\n';
      skipsFeed = false;
      if (isSecondOfEnd) {
        continue;
      }
      any = true;
      if (c == '\n' || c == '\r') {
        skipsFeed = c == '\r';
        return line.toString();
      }
      if (line.length() <= LONGEST) {
        line.append((char) c);
      }
    }
    return any ? line.toString() : null;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
