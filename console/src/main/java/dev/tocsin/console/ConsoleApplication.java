// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console;

import dev.tocsin.boot.ServiceApplication;
import org.springdoc.core.configuration.SpringDocConfiguration;
import org.springdoc.core.configuration.SpringDocSpecPropertiesConfiguration;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.webmvc.core.configuration.SpringDocWebMvcConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The console as a program of its own. */
@ServiceApplication
@ImportAutoConfiguration({
  // Who may come in.
  SecurityAutoConfiguration.class,
  SecurityFilterAutoConfiguration.class,
  ServletWebSecurityAutoConfiguration.class,
  // The description of the API.
  SpringDocConfigProperties.class,
  SpringDocConfiguration.class,
  SpringDocSpecPropertiesConfiguration.class,
  SpringDocWebMvcConfiguration.class
})
@Import(ConsoleConfiguration.class)
public class ConsoleApplication {

  public static void main(String[] args) {
    new SpringApplicationBuilder(ConsoleApplication.class)
        .properties("spring.config.name=console")
        .run(args);
  }
}
