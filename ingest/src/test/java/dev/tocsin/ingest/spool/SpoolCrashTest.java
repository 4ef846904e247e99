// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.spool;

import static dev.tocsin.ingest.spool.Entries.entry;
import static dev.tocsin.ingest.spool.Entries.open;
import static dev.tocsin.ingest.spool.Entries.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process that was killed, or a disk, may leave of a file. */
class SpoolCrashTest {

  @TempDir Path work;
  private String name;
  private byte[] file;

  /** Where each of three entries begins, and the end. */
  private final int[] borders = new int[4];

  @BeforeEach
  void writeThree() throws IOException {
    Path left = work.resolve("left");
    try (Spool spool = open(left)) {
      SourceSpool own = spool.of("grafana");
      for (int i = 0; i < 3; i++) {
        own.append(entry("rcp_" + i), false, null);
        borders[i + 1] = (int) own.bytes();
      }
    }
    Path segment = segment(left);
    name = segment.getFileName().toString();
    file = Files.readAllBytes(segment);
    assertThat(file).hasSize(borders[3]);
  }

  @Test
  void cutAnywhereInTheLastEntry_keepsAllBeforeAndGoesOn() throws Exception {
    for (int length = borders[2]; length < borders[3]; length++) {
      Path left = leave(length, Arrays.copyOf(file, length));
      try (Spool spool = open(left)) {
        SourceSpool own = spool.of("grafana");
        assertThat(waiting(own)).as("cut at %d", length).containsExactly("rcp_0", "rcp_1");
        assertThat(spool.setAside()).as("never whole, so never confirmed").isZero();
        own.append(entry("rcp_new"), false, null);
      }
      try (Spool again = open(left)) {
        assertThat(waiting(again.of("grafana"))).containsExactly("rcp_0", "rcp_1", "rcp_new");
      }
    }
  }

  @Test
  void byteDamagedAnywhere_costsOneMessageAndKeepsItsBytes() throws Exception {
    for (int at = 0; at < file.length; at++) {
      byte[] damaged = file.clone();
      damaged[at] ^= 0x40;
      int hit = at < borders[1] ? 0 : at < borders[2] ? 1 : 2;
      Path left = leave(1000 + at, damaged);
      try (Spool spool = open(left)) {
        SourceSpool own = spool.of("grafana");
        List<String> others =
            Stream.of(0, 1, 2).filter(i -> i != hit).map(i -> "rcp_" + i).toList();
        assertThat(spool.messages()).isEqualTo(2);
        assertThat(drained(own)).as("byte %d", at).isEqualTo(others);
        assertThat(own.isEmpty()).isTrue();
      }
    }
  }

  @Test
  void fileThatGrewWithoutItsBytes_losesOnlyWhatWasNotConfirmed() throws Exception {
    byte[] grown = Arrays.copyOf(file, file.length + 4096);
    Path left = leave(0, grown);
    try (Spool spool = open(left)) {
      assertThat(waiting(spool.of("grafana"))).containsExactly("rcp_0", "rcp_1", "rcp_2");
    }
  }

  @Test
  void frameInsideAMessage_isNeverTakenForOne() throws Exception {
    // A sender who knows the format puts a whole entry into its message, and the process is killed
    // while that is written.
    byte[] forged = new Frames(0).frame(EntryFormat.write(entry("rcp_forged")));
    Path left = work.resolve("forged");
    try (Spool spool = open(left)) {
      spool.of("grafana").append(entry("rcp_outer", forged), false, null);
    }
    Path segment = segment(left);
    byte[] whole = Files.readAllBytes(segment);
    Files.write(segment, Arrays.copyOf(whole, whole.length - 1));

    try (Spool spool = open(left)) {
      assertThat(waiting(spool.of("grafana"))).isEmpty();
    }
  }

  @Test
  void drainedPart_isNotDrainedAgainAfterAKill() throws Exception {
    Path left = leave(0, file);
    try (Spool spool = open(left)) {
      SourceSpool own = spool.of("grafana");
      own.drained(own.first(1, Long.MAX_VALUE));
    }
    try (Spool spool = open(left)) {
      assertThat(waiting(spool.of("grafana"))).containsExactly("rcp_1", "rcp_2");
      assertThat(spool.messages()).isEqualTo(2);
    }
  }

  @Test
  void markDamaged_drainsFromTheBeginning() throws Exception {
    Path left = leave(0, file);
    try (Spool spool = open(left)) {
      SourceSpool own = spool.of("grafana");
      own.drained(own.first(1, Long.MAX_VALUE));
    }
    Files.write(left.resolve("grafana/drained"), new byte[] {1, 2, 3});
    try (Spool spool = open(left)) {
      assertThat(waiting(spool.of("grafana"))).containsExactly("rcp_0", "rcp_1", "rcp_2");
    }
  }

  private static List<String> drained(SourceSpool own) throws IOException {
    List<String> drained = new ArrayList<>();
    for (var next = own.first(10, 1 << 20); !next.isEmpty(); next = own.first(10, 1 << 20)) {
      next.forEach(waiting -> drained.add(waiting.entry().receipt()));
      own.drained(next);
    }
    return drained;
  }

  private Path leave(int number, byte[] bytes) throws IOException {
    Path directory = work.resolve("left-" + number);
    Files.createDirectories(directory.resolve("grafana"));
    Files.write(directory.resolve("grafana").resolve(name), bytes);
    return directory;
  }

  private static Path segment(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory.resolve("grafana"))) {
      return all.filter(Segment::isOne).findFirst().orElseThrow();
    }
  }
}
