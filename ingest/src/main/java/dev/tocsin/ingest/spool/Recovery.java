// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an earlier run left of a source's spool: its files without what is drained, and without what
 * a kill left half written.
 *
 * @param oldest when the first message was accepted; null when there is none
 */
record Recovery(
    List<Segment> segments,
    Mark.Position drained,
    long messages,
    @Nullable Instant oldest,
    SetAside setAside) {

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  static Recovery of(Path directory, Mark mark, SetAside setAside) throws IOException {
    Mark.Position drained = mark.get();
    List<Segment> kept = new ArrayList<>();
    long messages = 0;
    Instant oldest = null;
    for (Path file : files(directory)) {
      Segment segment = Segment.reopen(file);
      long from =
          segment.number() == drained.segment() ? Math.min(drained.at(), segment.length()) : 0;
      if (segment.number() < drained.segment()) {
        segment.delete();
        continue;
      }
      long at = from;
      for (Segment.Found next = segment.next(at); next != null; next = segment.next(at)) {
        Entry entry = oldest == null ? EntryFormat.read(next.entry()) : null;
        oldest = entry == null ? oldest : entry.acceptedAt();
        messages++;
        at = next.end();
      }
      cutTail(segment, at, setAside);
      if (segment.length() <= from) {
        segment.delete();
      } else {
        kept.add(segment);
      }
    }
    return new Recovery(kept, start(kept, drained), messages, oldest, setAside);
  }

  private static Mark.Position start(List<Segment> kept, Mark.Position drained) {
    if (kept.isEmpty()) {
      return new Mark.Position(drained.segment() + 1, 0);
    }
    long first = kept.getFirst().number();
    return first == drained.segment() ? drained : new Mark.Position(first, 0);
  }

  private static void cutTail(Segment segment, long end, SetAside setAside) throws IOException {
    long length = segment.length();
    if (end >= length) {
      return;
    }
    if (Frames.isCutShort(segment.read(end, length - end), 0)) {
      LOG.warn(
          "{} bytes at the end of {} were never whole, so never confirmed: cut",
          length - end,
          segment);
    } else {
      setAside.damage(segment, end, length);
    }
    segment.cut(end);
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(Segment::isOne)
          .sorted(Comparator.comparing(file -> file.getFileName().toString()))
          .toList();
    }
  }
}
