// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The console as a program of its own. */
@EnableAutoConfiguration(exclude = UserDetailsServiceAutoConfiguration.class)
@Import(ConsoleConfiguration.class)
public class ConsoleApplication {

  public static void main(String[] args) {
    new SpringApplicationBuilder(ConsoleApplication.class)
        .properties("spring.config.name=console")
        .run(args);
  }
}
