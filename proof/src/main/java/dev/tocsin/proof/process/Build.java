// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A build of the program that can be run.
 *
 * @param classPath all of it
 * @param cache what makes its starts fast; empty when there is none
 */
public record Build(String classPath, List<String> cache) {

  /** The one that this process is of. */
  public static Build own() {
    return new Build(
        System.getProperty("java.class.path"),
        JavaProgram.ownFlags().stream().filter(Build::isOfCache).toList());
  }

  /** What {@code ./tocsin build} left in a checkout. */
  public static Build in(Path checkout) {
    Path app = checkout.toAbsolutePath().resolve("launcher/target/app");
    try (Stream<Path> jars = Files.list(app.resolve("lib"))) {
      String classPath =
          jars.map(Path::toString).sorted().collect(Collectors.joining(File.pathSeparator));
      // A cache belongs to a class path as it was written, which this may not be.
      return new Build(classPath, List.of());
    } catch (IOException e) {
      throw new UncheckedIOException("no build in %s: run ./tocsin build there".formatted(app), e);
    }
  }

  /** This JVM's flags, for this build. */
  List<String> flags() {
    List<String> flags = new ArrayList<>(JavaProgram.ownFlags());
    flags.removeIf(Build::isOfCache);
    flags.addAll(cache);
    return flags;
  }

  private static boolean isOfCache(String flag) {
    return flag.startsWith("-XX:AOT")
        || flag.startsWith("-Xlog:aot")
        || flag.startsWith("-Xlog:cds");
  }
}
