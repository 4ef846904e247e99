// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.schedule;

import dev.tocsin.schemas.topic.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.SerializationFeature;

/**
 * A run, ready to be repeated.
 *
 * @param seed of what is not in the list: the stubs' own rare misdeeds
 * @param together whether the program runs in one process
 * @param perSecond new incidents
 * @param receivers how many subscribe
 * @param pagesPerMinute the pace that is kept towards PagerDuty; 0 for none
 * @param brokers three have a network that can be cut; any other number is one
 * @param minutes no fault comes later than this after the first
 * @param slack whether incidents are posted to Slack; no, in what was kept before it was there
 */
public record Schedule(
    long seed,
    boolean together,
    int perSecond,
    int receivers,
    int minutes,
    int pagesPerMinute,
    int brokers,
    boolean slack,
    List<Fault> faults) {

  /** So many brokers make a network. */
  public static final int CLUSTER = 3;

  public Schedule {
    faults = List.copyOf(faults);
  }

  public Schedule with(List<Fault> others) {
    return new Schedule(
        seed, together, perSecond, receivers, minutes, pagesPerMinute, brokers, slack, others);
  }

  public long kills() {
    return faults.stream().filter(Fault.Kill.class::isInstance).count();
  }

  /** Those that are filled. */
  public Set<String> disks() {
    return faults.stream()
        .filter(Fault.Fill.class::isInstance)
        .map(fault -> ((Fault.Fill) fault).disk())
        .collect(Collectors.toSet());
  }

  public static Schedule read(Path file) {
    try {
      return Json.MAPPER.readValue(Files.readAllBytes(file), Schedule.class);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the schedule " + file, e);
    }
  }

  public void write(Path file) {
    try {
      Files.write(
          file,
          Json.MAPPER.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(this));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
