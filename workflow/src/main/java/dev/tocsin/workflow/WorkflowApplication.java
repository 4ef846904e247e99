// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** Workflow as a program of its own. */
@EnableAutoConfiguration(
    excludeName = {
      // On the class path of the all-in-one for the console's sake; nothing is served here.
      "org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration",
      "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration",
      "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
      "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
      "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration"
    })
@Import(WorkflowConfiguration.class)
public class WorkflowApplication {

  public static void main(String[] arguments) {
    new SpringApplicationBuilder(WorkflowApplication.class)
        .properties("spring.config.name=workflow")
        .run(arguments);
  }
}
