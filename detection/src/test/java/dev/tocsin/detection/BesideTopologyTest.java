// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.detection.correlate.CorrelationSettings;
import dev.tocsin.detection.correlate.ServiceGraph;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BesideTopologyTest {

  @Test
  void topology_isAsCheckedIn() throws IOException {
    String described =
        BesideTopology.build(
                CorrelationSettings.DEFAULT,
                ServiceGraph.EMPTY,
                3,
                new DetectionMetrics(new SimpleMeterRegistry()))
            .describe()
            .toString();
    assertThat(described)
        .isEqualTo(Files.readString(Path.of("src/test/resources/beside-topology.txt")));
  }
}
