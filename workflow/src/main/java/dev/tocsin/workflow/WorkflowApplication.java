// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow;

import dev.tocsin.boot.ServiceApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** Workflow as a program of its own. */
@ServiceApplication
@Import(WorkflowConfiguration.class)
public class WorkflowApplication {

  public static void main(String[] arguments) {
    new SpringApplicationBuilder(WorkflowApplication.class)
        .properties("spring.config.name=workflow")
        .run(arguments);
  }
}
