// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoonCommitTest {

  @TempDir Path dir;
  private MockProcessorContext<Void, Void> context;
  private SoonCommit soon;

  @BeforeEach
  void open() {
    Properties config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, "commits");
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
    context = new MockProcessorContext<>(config, new TaskId(0, 0), dir.toFile());
    soon = SoonCommit.in(context);
  }

  @Test
  void whatIsWaitedFor_isCommittedAtTheNextTurn_once() {
    soon.want();
    assertThat(context.committed()).isFalse();
    turn();
    assertThat(context.committed()).isTrue();
    context.resetCommit();
    turn();
    assertThat(context.committed()).isFalse();
  }

  @Test
  void turn_comesAfterATenthOfASecond() {
    assertThat(context.scheduledPunctuators())
        .extracting(CapturedPunctuator::getInterval)
        .containsExactly(Duration.ofMillis(100));
  }

  @Test
  void nothingToWaitFor_isLeftToTheInterval() {
    turn();
    assertThat(context.committed()).isFalse();
  }

  private void turn() {
    context.scheduledPunctuators().getFirst().getPunctuator().punctuate(0);
  }
}
