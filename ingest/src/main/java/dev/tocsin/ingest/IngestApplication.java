// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import dev.tocsin.boot.ServiceApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** Ingest as a program of its own. */
@ServiceApplication
@Import(IngestConfiguration.class)
public class IngestApplication {

  public static void main(String[] arguments) {
    new SpringApplicationBuilder(IngestApplication.class)
        .properties("spring.config.name=ingest")
        .run(arguments);
  }
}
