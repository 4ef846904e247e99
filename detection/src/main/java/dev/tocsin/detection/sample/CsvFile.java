// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
      opened.run();
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        String text = number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
        if (!text.isBlank()) {
          read(text, number, take);
        }
      }
    } catch (IOException e) {
      err.printf("%s: cannot be read: %s%n", file, e);
      return false;
    }
    if (malformed > 0) {
      err.printf("%d rows could not be read, %d could%n", malformed, rows);
    } else if (rows == 0) {
      err.printf("%s: no rows of timestamp,value%n", file);
    }
    return rows > 0;
  }

  private void read(String line, int number, Consumer<CsvRow> take) {
    CsvRow row;
    try {
      row = CsvRow.of(line);
    } catch (CsvRow.MalformedRowException e) {
      boolean isHeader = number == 1 && isHeader(line);
      if (!isHeader && malformed++ < NAMED) {
        err.printf("line %d: %s%n", number, e.getMessage());
      }
      return;
    }
    rows++;
    take.accept(row);
  }

  /** A header names its columns: it has a comma, and no digit begins a cell. */
  private static boolean isHeader(String line) {
    return line.contains(",") && line.chars().noneMatch(Character::isDigit);
  }
}
