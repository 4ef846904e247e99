// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvelopeTest {

  private static final double LIMIT = 0.56;
  private static final double HALF_IN_TEN = Math.pow(0.5, 0.1);

  @ParameterizedTest
  @CsvSource({
    "0.5,  0, 0.5,  false", // below the limit, however long nothing was
    "0.5,  0, 0.6,  true", //  what was below the limit raised nothing
    "0.6,  0, 1.0,  false", // not 1.8 times of it, a sample later
    "0.6,  0, 1.1,  true", //  more than that
    "1.0, 10, 0.6,  false", // a half-life later it is at 0.47, and asks for 0.84
    "1.0, 10, 0.9,  true",
    "1.0, 18, 0.56, true", //  long over
  })
  void episode_beginsWithWhatIsMuchMoreThanTheOneBefore(
      double first, int between, double second, boolean begins) {
    Envelope envelope = new Envelope();
    envelope.begins(first, LIMIT, HALF_IN_TEN);
    for (int i = 0; i < between; i++) {
      envelope.begins(0, LIMIT, HALF_IN_TEN);
    }
    assertThat(envelope.begins(second, LIMIT, HALF_IN_TEN)).isEqualTo(begins);
  }

  @Test
  void whatStaysWithinAnEpisode_doesNotRaiseIt() {
    Envelope envelope = new Envelope();
    envelope.begins(0.6, LIMIT, 1);
    envelope.begins(1.0, LIMIT, 1);
    assertThat(envelope.begins(1.1, LIMIT, 1)).isTrue();
  }

  @Test
  void envelope_isReadAsItWasWritten() {
    Envelope envelope = new Envelope();
    envelope.begins(0.6, LIMIT, 1);
    ByteBuffer stored = ByteBuffer.allocate(64);
    envelope.write(stored);
    Envelope read = new Envelope();
    read.read(stored.flip());
    assertThat(read.begins(1.0, LIMIT, 1)).isFalse();
  }
}
