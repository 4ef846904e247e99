// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher;

import dev.tocsin.detection.sample.DetectCommand;
import dev.tocsin.detection.sample.ForecastCommand;
import dev.tocsin.launcher.demo.DemoCommand;
import dev.tocsin.sentinel.SentinelCommand;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The command line. */
public final class Tocsin {

  private static final String HELP =
      """
      Tocsin: an event-driven incident response pipeline on Kafka

        ./tocsin demo [--once]     everything, with sandboxed receivers and a played outage; --once exits when the story ends
        ./tocsin up                everything, with an embedded broker, or on SPRING_KAFKA_BOOTSTRAP_SERVERS
        ./tocsin SERVICE           one service alone: ingest, detection, workflow, agent, notifier, console
        ./tocsin broker            the embedded broker alone, on TOCSIN_BROKER_PORT
        ./tocsin detect FILE.csv   runs the detector over rows of timestamp,value; --plot OUT.png draws it
        ./tocsin forecast FILE.csv --limit X
                                   says when the resource of those rows is exhausted, day by day
        ./tocsin sentinel          the dead-man's switch: watches another Tocsin, pages when it falls silent
        ./tocsin prove [--kills N] [--seed S] [--minutes M]
                                   kills, freezes and restarts it under traffic, and accounts for every page
        ./tocsin verify [--from DAY] [--to DAY]
                                   makes each day's statement again from the topics; says what holds and what does not
        ./tocsin test              runs every test
        ./tocsin build             builds, and prepares fast starts
        ./tocsin help              this

      Settings are environment variables or keys of ./tocsin.yml: see the README.
      """;

  private static final Logger LOG = LoggerFactory.getLogger(Tocsin.class);
  private static final int NOT_DONE = 2;

  private Tocsin() {}

  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments), System.out, System.err));
  }

  static int run(List<String> arguments, PrintStream out, PrintStream err) {
    String command = arguments.isEmpty() ? "help" : arguments.getFirst();
    List<String> rest = arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
    try {
      return switch (command) {
        case "help", "-h", "--help" -> {
          out.print(HELP);
          yield 0;
        }
        case "up" -> alone(command, rest, () -> UpCommand.run(out));
        case "broker" -> alone(command, rest, () -> UpCommand.broker(out));
        case "demo" -> DemoCommand.run(rest, out);
        case "train" -> TrainCommand.run(rest);
        case "detect" -> DetectCommand.run(rest, out, err);
        case "forecast" -> ForecastCommand.run(rest, out, err);
        case "sentinel" ->
            alone(command, rest, () -> SentinelCommand.run(UpCommand.settings(), out));
        case "verify" -> Verifying.run(rest, UpCommand.settings(), out, err);
        case "prove" -> dev.tocsin.proof.ProveCommand.run(rest, Tocsin.class.getName(), out);
        default ->
            Service.named(command)
                .map(service -> alone(command, rest, () -> UpCommand.alone(service, out)))
                .orElseGet(() -> unknown(command, err));
      };
    } catch (StartRefused refused) {
      err.println("tocsin: " + refused.getMessage());
      return NOT_DONE;
    } catch (RuntimeException e) {
      LOG.debug("{} failed", command, e);
      err.printf("tocsin: %s failed: %s%n", command, Cause.inWords(e));
      return NOT_DONE;
    }
  }

  /** Words that nobody reads were meant to say something, so nothing is started. */
  private static int alone(String command, List<String> rest, IntSupplier run) {
    if (!rest.isEmpty()) {
      throw new StartRefused(
          "%s takes nothing more: was %s; settings are environment variables or keys of ./tocsin.yml"
              .formatted(command, String.join(" ", rest)));
    }
    return run.getAsInt();
  }

  private static int unknown(String command, PrintStream err) {
    err.printf(
        "tocsin: there is no command %s; there are up, demo, broker, detect, forecast, sentinel,"
            + " prove, verify, test, build, help, and the services %s%n",
        command, Arrays.stream(Service.values()).map(Service::label).toList());
    return NOT_DONE;
  }
}
