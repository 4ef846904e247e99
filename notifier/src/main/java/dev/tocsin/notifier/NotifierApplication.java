// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier;

import dev.tocsin.boot.ServiceApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** The notifier as a program of its own. */
@ServiceApplication
@Import(NotifierConfiguration.class)
public class NotifierApplication {

  public static void main(String[] arguments) {
    new SpringApplicationBuilder(NotifierApplication.class)
        .properties("spring.config.name=notifier")
        .run(arguments);
  }
}
