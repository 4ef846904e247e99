// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher;

import dev.tocsin.agent.AgentApplication;
import dev.tocsin.console.ConsoleApplication;
import dev.tocsin.detection.DetectionApplication;
import dev.tocsin.ingest.IngestApplication;
import dev.tocsin.notifier.NotifierApplication;
import dev.tocsin.workflow.WorkflowApplication;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.springframework.boot.WebApplicationType;

/** The services, in pipeline order. */
enum Service {
  INGEST(IngestApplication.class, WebApplicationType.SERVLET),
  DETECTION(DetectionApplication.class, WebApplicationType.NONE),
  WORKFLOW(WorkflowApplication.class, WebApplicationType.NONE),
  AGENT(AgentApplication.class, WebApplicationType.NONE),
  NOTIFIER(NotifierApplication.class, WebApplicationType.NONE),
  CONSOLE(ConsoleApplication.class, WebApplicationType.SERVLET);

  private final Class<?> application;
  private final WebApplicationType beside;

  Service(Class<?> application, WebApplicationType beside) {
    this.application = application;
    this.beside = beside;
  }

  /** The name on the command line, and of the configuration file. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Which variable says where it serves HTTP. */
  String portSetting() {
    return "TOCSIN_" + name() + "_PORT";
  }

  Class<?> application() {
    return application;
  }

  /**
   * What it serves over HTTP when it runs beside the others; alone, each serves its health and
   * meters.
   */
  WebApplicationType beside() {
    return beside;
  }

  static Optional<Service> named(String label) {
    return Arrays.stream(values()).filter(service -> service.label().equals(label)).findFirst();
  }
}
