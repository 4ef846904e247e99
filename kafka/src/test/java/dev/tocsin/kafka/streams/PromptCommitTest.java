// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptCommitTest {

  private static final long NOW = 1_000_000;

  @TempDir Path dir;

  @Test
  void freshRecord_isCommittedAtOnce_andOneThatWaitedIsNot() {
    assertThat(commitsAfter(NOW)).isTrue();
    assertThat(commitsAfter(NOW - 199)).isTrue();
    assertThat(commitsAfter(NOW - 200)).isFalse();
  }

  private boolean commitsAfter(long written) {
    Properties config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, "commits");
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
    MockProcessorContext<Void, Void> context =
        new MockProcessorContext<>(config, new TaskId(0, 0), dir.toFile());
    context.setCurrentSystemTimeMs(NOW);
    PromptCommit.after(written, context);
    return context.committed();
  }
}
