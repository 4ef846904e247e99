// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.spool;

import static dev.tocsin.ingest.spool.Entries.T0;
import static dev.tocsin.ingest.spool.Entries.bytes;
import static dev.tocsin.ingest.spool.Entries.entry;
import static dev.tocsin.ingest.spool.Entries.open;
import static dev.tocsin.ingest.spool.Entries.waiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class SpoolTest {

  private static final SpoolSettings SMALL =
      new SpoolSettings(Duration.ZERO, DataSize.ofKilobytes(64));

  @TempDir Path directory;

  @Test
  void entry_isReadBackAsTheSameBytes() {
    RecordHeaders headers = new RecordHeaders();
    headers.add("a", bytes("1")).add("a", null).add("é", new byte[0]);
    Entry given =
        new Entry(
            "rcp_x",
            T0,
            List.of(
                record(bytes("k"), new byte[70_000], headers),
                record(null, null, new RecordHeaders())));

    assertThat(EntryFormat.read(EntryFormat.write(given)))
        .usingRecursiveComparison()
        .isEqualTo(given);
  }

  @Test
  void messagesOfManyThreads_areAllThereAfterARestart() throws Exception {
    int threads = 16;
    int each = 50;
    try (Spool spool = open(directory);
        ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> all = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        int thread = t;
        all.add(
            pool.submit(
                () -> {
                  for (int i = 0; i < each; i++) {
                    spool.of("grafana").append(entry("rcp_" + thread + "_" + i), false, null);
                  }
                  return null;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    try (Spool spool = open(directory)) {
      List<String> found = waiting(spool.of("grafana"));
      assertThat(found).hasSize(threads * each).doesNotHaveDuplicates();
      for (int t = 0; t < threads; t++) {
        String own = "rcp_" + t + "_";
        assertThat(found.stream().filter(r -> r.startsWith(own)))
            .as("each thread's in its order")
            .isEqualTo(IntStream.range(0, each).mapToObj(i -> own + i).toList());
      }
    }
  }

  @Test
  void manySegments_areDrainedInOrderAndDeleted() throws Exception {
    try (Spool spool = new Spool(directory, SMALL)) {
      SourceSpool own = spool.of("grafana");
      List<String> drained = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        own.append(entry("rcp_" + i, new byte[1000]), false, null);
        if (i % 20 == 19) {
          for (var first = own.first(7, 1 << 20); !own.isEmpty(); first = own.first(7, 1 << 20)) {
            own.drained(first);
            first.forEach(w -> drained.add(w.entry().receipt()));
          }
        }
      }
      assertThat(drained).isEqualTo(IntStream.range(0, 300).mapToObj(i -> "rcp_" + i).toList());
      assertThat(spool.bytes()).isZero();
      assertThat(spool.oldest()).isNull();
    }
    try (Stream<Path> left = Files.list(directory.resolve("grafana"))) {
      assertThat(left.filter(Segment::isOne)).isEmpty();
    }
  }

  @Test
  void sourceAlone_getsHalf_andTheNextFindsRoom() throws Exception {
    try (Spool spool = new Spool(directory, SMALL)) {
      assertThat(fill(spool.of("loud"), false)).isBetween(30, 33);
      assertThat(fill(spool.of("quiet"), false)).as("half of what was left").isBetween(14, 17);
      assertThat(fill(spool.of("loud"), false)).isZero();
      assertThat(fill(spool.of("loud"), true)).as("critical ones have the rest").isPositive();
      assertThat(spool.isFull()).isTrue();
    }
  }

  @Test
  void fullSpool_saysWhatItHolds() throws Exception {
    try (Spool spool = new Spool(directory, SMALL)) {
      fill(spool.of("loud"), true);
      assertThatThrownBy(() -> spool.of("loud").append(entry("rcp_x", new byte[1000]), true, null))
          .isInstanceOf(SpoolFullException.class)
          .hasMessageContaining("of 65536 are free");
    }
  }

  @Test
  void directoryThatIsGone_isAnErrorAndNothingIsCounted() throws Exception {
    try (Spool spool = new Spool(directory, SMALL)) {
      SourceSpool own = spool.of("grafana");
      Files.delete(directory.resolve("grafana/drained"));
      Files.delete(directory.resolve("grafana"));

      assertThatThrownBy(() -> own.append(entry("rcp_x"), false, null))
          .isInstanceOf(java.io.IOException.class)
          .hasMessageContaining("the spool of grafana");
      assertThat(spool.bytes()).isZero();
      assertThat(own.isEmpty()).isTrue();

      Files.createDirectory(directory.resolve("grafana"));
      own.append(entry("rcp_y"), false, null);
      assertThat(waiting(own)).containsExactly("rcp_y");
    }
  }

  @Test
  void secondProcess_isKeptOut() {
    try (Spool spool = open(directory)) {
      assertThat(spool.messages()).isZero();
      assertThatThrownBy(() -> open(directory)).hasStackTraceContaining("tocsin.data-dir");
    }
  }

  private static ProducerRecord<byte[], byte[]> record(
      byte[] key, byte[] value, RecordHeaders headers) {
    return new ProducerRecord<byte[], byte[]>("tocsin.alerts", null, key, value, headers);
  }

  /** A KB each, until there is no room. */
  private static int fill(SourceSpool spool, boolean critical) throws Exception {
    int before = (int) spool.messages();
    try {
      for (int i = 0; i < 100; i++) {
        spool.append(entry("rcp_" + i, new byte[900]), critical, null);
      }
    } catch (SpoolFullException e) {
      return (int) spool.messages() - before;
    }
    throw new AssertionError("there was no end");
  }
}
