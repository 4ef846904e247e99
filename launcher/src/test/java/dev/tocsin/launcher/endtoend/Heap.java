// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher.endtoend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** The heap of another JVM, written to a file as its operator could, and searched as bytes. */
final class Heap {

  /** As Java keeps strings: a byte a character, or two in the order of the machine or the dump. */
  private static final List<Charset> ENCODINGS =
      List.of(ISO_8859_1, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);

  private static final int PIECE = 4 << 20;

  private Heap() {}

  /** Only what is alive: the JVM collects its garbage before it writes. */
  static Path dump(long pid, Path to) throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                "GC.heap_dump",
                to.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!jcmd.waitFor(120, TimeUnit.SECONDS) || jcmd.exitValue() != 0 || !Files.exists(to)) {
      throw new IOException("no heap of " + pid + ": " + said);
    }
    return to;
  }

  /** Those of the words that are in the file, in any encoding. */
  static Set<String> find(Path file, Collection<String> words) throws IOException {
    Map<Integer, List<Pattern>> byStart = new HashMap<>();
    int longest = 0;
    for (String word : words) {
      for (Charset encoding : ENCODINGS) {
        byte[] bytes = word.getBytes(encoding);
        longest = Math.max(longest, bytes.length);
        byStart
            .computeIfAbsent(start(bytes, 0), s -> new ArrayList<>())
            .add(new Pattern(word, bytes));
      }
    }
    Set<String> found = new TreeSet<>();
    byte[] piece = new byte[PIECE];
    int kept = 0;
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.readNBytes(piece, 0, PIECE);
          n > 0;
          n = in.readNBytes(piece, kept, PIECE - kept)) {
        int length = kept + n;
        search(piece, length, byStart, found);
        // A word may begin in this piece and end in the next.
        kept = Math.min(length, longest);
        System.arraycopy(piece, length - kept, piece, 0, kept);
      }
    }
    return found;
  }

  private record Pattern(String word, byte[] bytes) {}

  private static void search(
      byte[] piece, int length, Map<Integer, List<Pattern>> byStart, Set<String> found) {
    for (int at = 0; at + 4 <= length; at++) {
      List<Pattern> candidates = byStart.get(start(piece, at));
      if (candidates == null) {
        continue;
      }
      for (Pattern pattern : candidates) {
        int end = at + pattern.bytes.length;
        if (end <= length
            && Arrays.equals(piece, at, end, pattern.bytes, 0, pattern.bytes.length)) {
          found.add(pattern.word);
        }
      }
    }
  }

  private static int start(byte[] bytes, int at) {
    return bytes[at] << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | bytes[at + 3] & 0xff;
  }
}
