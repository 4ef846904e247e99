// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.sample;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A file of {@code timestamp,value}, gone through once; what is no row is counted and named. */
final class CsvFile {

  private static final int NAMED = 5;

  private final Path file;
  private final PrintStream err;
  private int rows;
  private int malformed;

  CsvFile(Path file, PrintStream err) {
    this.file = file;
    this.err = err;
  }

  /**
   * Hands on each row, in order. What it has to say of the file goes to where errors do.
   *
   * @param opened is run when the file could be opened, before the first row
   * @return whether there was a row
   */
  boolean read(Runnable opened, Consumer<CsvRow> take) {
    // Bytes that are no UTF-8 become a row that is malformed, not the end.
    if (Files.isDirectory(file)) {
      err.printf("%s: is a directory, not a file of rows%n", file);
      return false;
    }
    try (LongLines lines =
        new LongLines(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
      opened.run();
      int number = 0;
      for (String line = lines.next(); line != null; line = lines.next()) {
        number++;
        String text = number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
        if (!text.isBlank()) {
          read(text, number, take);
        }
      }
    } catch (NoSuchFileException _) {
      err.printf("%s: there is no such file%n", file);
      return false;
    } catch (AccessDeniedException _) {
      err.printf("%s: may not be read by this user%n", file);
      return false;
    } catch (IOException e) {
      err.printf("%s: cannot be read: %s%n", file, e);
      return false;
    }
    if (malformed > 0) {
      err.printf("%s: %d rows could not be read, %d could%n", file, malformed, rows);
    } else if (rows == 0) {
      err.printf("%s: has no rows; a row is timestamp,value%n", file);
    }
    return rows > 0;
  }

  private void read(String line, int number, Consumer<CsvRow> take) {
    CsvRow row;
    try {
      row = CsvRow.of(line);
    } catch (CsvRow.MalformedRowException e) {
      boolean isHeader = number == 1 && CsvRow.isHeader(line);
      if (!isHeader && malformed++ < NAMED) {
        err.printf("%s, line %d: %s%n", file, number, e.getMessage());
      }
      return;
    }
    rows++;
    take.accept(row);
  }
}
