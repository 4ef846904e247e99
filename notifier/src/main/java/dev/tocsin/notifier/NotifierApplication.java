// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** The notifier as a program of its own. */
@EnableAutoConfiguration(
    excludeName = {
      // On the class path of the all-in-one for the console's sake; here is nothing to log in to.
      "org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration",
      "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration",
      "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
      "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
      "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration"
    })
@Import(NotifierConfiguration.class)
public class NotifierApplication {

  public static void main(String[] arguments) {
    new SpringApplicationBuilder(NotifierApplication.class)
        .properties("spring.config.name=notifier")
        .run(arguments);
  }
}
