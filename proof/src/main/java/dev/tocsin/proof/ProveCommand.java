// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof;

import dev.tocsin.proof.history.Entry;
import dev.tocsin.proof.oracle.Check;
import dev.tocsin.proof.oracle.Finding;
import dev.tocsin.proof.oracle.Oracle;
import dev.tocsin.proof.process.Build;
import dev.tocsin.proof.process.Disks;
import dev.tocsin.proof.process.Installation;
import dev.tocsin.proof.report.HtmlReport;
import dev.tocsin.proof.report.Report;
import dev.tocsin.proof.report.TextReport;
import dev.tocsin.proof.schedule.Fault;
import dev.tocsin.proof.schedule.Schedule;
import dev.tocsin.proof.schedule.Shrinking;
import dev.tocsin.proof.simulation.Simulations;
import dev.tocsin.schemas.topic.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;

/** {@code ./tocsin prove}: runs the program under faults, and judges. */
public final class ProveCommand {

  private static final int SKIPPED = 3;
  private static final int OTHERWISE_WRONG = 4;
  private static final int MOST_SHRINKING_RUNS = 40;

  private final String mainClass;
  private final Build before;
  private final PrintStream out;

  private ProveCommand(String mainClass, Build before, PrintStream out) {
    this.mainClass = mainClass;
    this.before = before;
    this.out = out;
  }

  /**
   * @param mainClass the program's
   * @return 0 when nothing was lost or doubled or otherwise wrong, 1 when something was lost or
   *     doubled, 2 when the arguments are wrong, 3 when it cannot be run here, 4 when something is
   *     wrong otherwise
   */
  public static int run(List<String> arguments, String mainClass, PrintStream out) {
    Options options;
    try {
      options = Options.parse(arguments);
    } catch (IllegalArgumentException e) {
      out.println("tocsin: " + e.getMessage());
      out.print(Options.USAGE);
      return 2;
    }
    if (options.simulate() > 0) {
      return Simulations.run(options.seed(), options.simulate(), out) ? 0 : 1;
    }
    if (options.addUp() != null) {
      return Sum.of(options.addUp(), out) ? 0 : 1;
    }
    Build before = options.from() == null ? Build.own() : Build.in(options.from());
    ProveCommand command = new ProveCommand(mainClass, before, out);
    Path directory = directory(options);
    out.printf("kept in %s%n", directory);
    if (options.shrink() != null) {
      return command.shrink(Schedule.read(options.shrink()), directory);
    }
    Schedule schedule =
        options.schedule() == null
            ? options.scenario().schedule(options)
            : Schedule.read(options.schedule());
    String whyNot = whyNot(schedule);
    if (whyNot != null) {
      out.printf("skipped: %s%n", whyNot);
      return SKIPPED;
    }
    return status(command.prove(words(arguments), schedule, directory));
  }

  /** The command as anybody can repeat it: where its run is kept says nothing. */
  static String words(List<String> arguments) {
    List<String> words = new ArrayList<>(List.of("./tocsin", "prove"));
    words.addAll(arguments);
    int out = words.indexOf("--out");
    if (out >= 0) {
      words.subList(out, out + 2).clear();
    }
    return String.join(" ", words);
  }

  private static int status(Report report) {
    if (report.isClean()) {
      return 0;
    }
    return report.lost() + report.doubled() > 0 ? 1 : OTHERWISE_WRONG;
  }

  /** Why it cannot be run here; null when it can. */
  private static @Nullable String whyNot(Schedule schedule) {
    if (schedule.brokers() == Schedule.CLUSTER) {
      return Installation.whyNoCluster();
    }
    return schedule.disks().isEmpty() ? null : Disks.whyNot();
  }

  private Report prove(String words, Schedule schedule, Path directory) {
    schedule.write(directory.resolve("schedule.json"));
    List<Entry> history =
        new Experiment(schedule, mainClass, before, directory, InstantSource.system(), out).run();
    Report report = Report.of(words, schedule, history, Oracle.judge(history));
    List<String> lines = TextReport.lines(report);
    write(directory.resolve("report.txt"), String.join("\n", lines) + "\n");
    write(
        directory.resolve("report.json"),
        Json.MAPPER.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(report));
    write(directory.resolve("report.html"), HtmlReport.of(report, history));
    lines.forEach(out::println);
    out.printf("report, schedule and history are in %s%n", directory);
    return report;
  }

  /** Looks for a smaller list of faults that ends in one of the findings of the whole. */
  private int shrink(Schedule schedule, Path directory) {
    Set<Check> wanted = checks(prove("the whole schedule", schedule, sub(directory, "whole")));
    if (wanted.isEmpty()) {
      out.println("the whole schedule is clean this time: there is nothing to shrink");
      return 0;
    }
    Shrinking<Fault> shrinking =
        new Shrinking<>(
            faults -> {
              Path own = sub(directory, "run");
              Report report = prove(faults.size() + " faults", schedule.with(faults), own);
              return checks(report).stream().anyMatch(wanted::contains);
            },
            MOST_SHRINKING_RUNS);
    Schedule smallest = schedule.with(shrinking.shrink(schedule.faults()));
    Path file = directory.resolve("schedule-shrunk.json");
    smallest.write(file);
    out.printf(
        "%d of %d faults are enough for %s: %s%n",
        smallest.faults().size(), schedule.faults().size(), wanted, file);
    return 1;
  }

  private static Set<Check> checks(Report report) {
    return report.findings().stream().map(Finding::check).collect(Collectors.toSet());
  }

  private static Path directory(Options options) {
    try {
      Path out = options.out();
      return out == null
          ? Files.createTempDirectory("tocsin-prove")
          : Files.createDirectories(out.toAbsolutePath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path sub(Path directory, String name) {
    try {
      return Files.createTempDirectory(directory, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
