// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import dev.tocsin.boot.ServiceApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** Detection as a program of its own. */
@ServiceApplication
@Import(DetectionConfiguration.class)
public class DetectionApplication {

  public static void main(String[] arguments) {
    new SpringApplicationBuilder(DetectionApplication.class)
        .properties("spring.config.name=detection")
        .run(arguments);
  }
}
