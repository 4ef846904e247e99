// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher;

import dev.tocsin.console.statement.StatementSettings;
import dev.tocsin.console.statement.VerifyCommand;
import dev.tocsin.launcher.broker.EmbeddedBroker;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * {@code tocsin verify}: finds the broker and has the statements verified against its topics.
 *
 * <p>That is the broker of {@code SPRING_KAFKA_BOOTSTRAP_SERVERS}; else the one that runs on the
 * data directory; else one that is started on it for as long as this takes; else the one the
 * console's settings name.
 */
final class Verifying {

  private final VerifyCommand.Asked asked;
  private final PrintStream out;

  private Verifying(VerifyCommand.Asked asked, PrintStream out) {
    this.asked = asked;
    this.out = out;
  }

  static int run(
      List<String> words, Map<String, String> settings, PrintStream out, PrintStream err) {
    VerifyCommand.Asked asked = VerifyCommand.Asked.of(words);
    if (asked == null) {
      return VerifyCommand.usage(err);
    }
    UpCommand.refuseUnknownKeys();
    Verifying verifying = new Verifying(asked, out);
    Path data = Path.of(settings.getOrDefault("TOCSIN_DATA_DIR", "./data"));
    boolean given = !settings.getOrDefault("SPRING_KAFKA_BOOTSTRAP_SERVERS", "").isEmpty();
    return given || !Files.exists(data.resolve("broker"))
        ? verifying.configured()
        : verifying.onData(data);
  }

  private int onData(Path data) {
    Installation installation;
    try {
      installation = Installation.open(data);
    } catch (StartRefused running) {
      return at(
          Installation.brokerOf(data)
              .orElseThrow(
                  () ->
                      new StartRefused(
                          "a Tocsin runs on %s and does not say where its broker is; give SPRING_KAFKA_BOOTSTRAP_SERVERS"
                              .formatted(data))));
    }
    try (installation;
        EmbeddedBroker broker = EmbeddedBroker.start(data.resolve("broker"), 0)) {
      return at(broker.address());
    }
  }

  private int at(String address) {
    return verified("--spring.kafka.bootstrap-servers=" + address);
  }

  private int configured() {
    return verified();
  }

  /** As the console reaches its broker: with its settings, and so with their certificates. */
  private int verified(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "--spring.config.name=" + Service.CONSOLE.label();
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    try (ConfigurableApplicationContext context =
        new SpringApplicationBuilder(VerifyConfiguration.class)
            .web(WebApplicationType.NONE)
            .registerShutdownHook(false)
            .bannerMode(org.springframework.boot.Banner.Mode.OFF)
            .logStartupInfo(false)
            .run(all)) {
      Map<String, Object> kafka = context.getBean(KafkaProperties.class).buildConsumerProperties();
      out.printf("tocsin verify at %s%n", kafka.get("bootstrap.servers"));
      return VerifyCommand.run(
          asked, kafka, context.getBean(StatementSettings.class), InstantSource.system(), out);
    }
  }

  /** Settings only. */
  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties({KafkaProperties.class, StatementSettings.class})
  static class VerifyConfiguration {}
}
