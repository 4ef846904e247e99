// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent;

import dev.tocsin.boot.ServiceApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** The agent as a program of its own. */
@ServiceApplication
@Import(AgentConfiguration.class)
public class AgentApplication {

  public static void main(String[] arguments) {
    new SpringApplicationBuilder(AgentApplication.class)
        .properties("spring.config.name=agent")
        .run(arguments);
  }
}
