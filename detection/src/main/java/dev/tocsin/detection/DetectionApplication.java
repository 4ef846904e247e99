// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** Detection as a program of its own. */
@EnableAutoConfiguration(
    excludeName = {
      // On the class path of the all-in-one for the console's sake.
      "org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration",
      "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration",
      "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
      "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
      "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration"
    })
@Import(DetectionConfiguration.class)
public class DetectionApplication {

  public static void main(String[] arguments) {
    new SpringApplicationBuilder(DetectionApplication.class)
        .properties("spring.config.name=detection")
        .run(arguments);
  }
}
