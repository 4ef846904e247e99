// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.boot;

import java.io.File;
import org.apache.catalina.core.StandardContext;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The server of a service's HTTP. It tells what it refuses as a problem, and keeps nothing on disk:
 * by itself it makes two directories at every start, which stay when the process is killed, one to
 * work in, and one for documents there are none of. The first is given by {@code
 * server.tomcat.basedir}.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class ServerConfiguration {

  private static final File TEMPORARY = new File(System.getProperty("java.io.tmpdir"));

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> serverAnswersProblems() {
    return server -> server.addContextCustomizers(ServerRefusals::answerIn);
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> serverKeepsNothing() {
    return server -> {
      // One that is named is not made.
      server.getSettings().setDocumentRoot(TEMPORARY);
      server.addContextCustomizers(
          context -> {
            context.setDocBase(null);
            ((StandardContext) context).setWorkDir(TEMPORARY.getAbsolutePath());
          });
    };
  }
}
