// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.schedule;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that goes wrong on purpose, some time after the one before it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "fault")
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Fault {

  /** Keeps its number when others are taken out of the schedule. */
  int id();

  /** How long after the fault before it. */
  long afterMillis();

  /**
   * {@code kill -9}, and a start at once.
   *
   * @param afterPageMillis then waits for the next call to PagerDuty, and so long after it: the
   *     dangerous windows around a call are a few milliseconds wide; null does not wait
   * @param hasty whether the next fault comes before the role is ready again
   */
  @JsonTypeName("kill")
  record Kill(int id, String role, long afterMillis, @Nullable Long afterPageMillis, boolean hasty)
      implements Fault {}

  /**
   * The role ends at a place in its code, and is started at once.
   *
   * @param place the name of a failpoint
   * @param pass when the place is passed for the n-th time
   * @param hasty whether the next fault comes before the role is ready again
   */
  @JsonTypeName("halt")
  record Halt(int id, String place, int pass, long afterMillis, boolean hasty) implements Fault {}

  /** {@code kill -9}, and a start so long after; the next faults come meanwhile. */
  @JsonTypeName("outage")
  record Outage(int id, String role, long afterMillis, long forMillis) implements Fault {}

  /** {@code kill -9}, and a start without all that the role kept on disk outside of Kafka. */
  @JsonTypeName("wipe")
  record Wipe(int id, String role, long afterMillis) implements Fault {}

  /** The clocks of a role are wrong for a while. */
  @JsonTypeName("step")
  record Step(int id, String role, long afterMillis, long byMillis, long forMillis)
      implements Fault {}

  /**
   * Nothing fits any more on a disk for a while, and the next faults come meanwhile.
   *
   * @param disk a directory of the data directory
   */
  @JsonTypeName("fill")
  record Fill(int id, String disk, long afterMillis, long forMillis) implements Fault {}

  /** A member of the network is cut off from others for a while. */
  @JsonTypeName("cut")
  record Cut(int id, String role, List<String> from, long afterMillis, long forMillis)
      implements Fault {

    public Cut {
      from = List.copyOf(from);
    }
  }

  /** The role is stopped, and started as the newest build. */
  @JsonTypeName("upgrade")
  record Upgrade(int id, String role, long afterMillis) implements Fault {}

  /** {@code SIGSTOP}, and {@code SIGCONT} so long after. */
  @JsonTypeName("freeze")
  record Freeze(int id, String role, long afterMillis, long forMillis) implements Fault {}

  /** A receiver misbehaves for a while, and the next faults come meanwhile. */
  @JsonTypeName("storm")
  record Storm(int id, String stub, Misdeed misdeed, long afterMillis, long forMillis)
      implements Fault {}

  /** How a receiver can misbehave. */
  enum Misdeed {
    /** 429, with a Retry-After of two seconds. */
    TOO_MANY,
    /** 503, and nothing changes. */
    UNAVAILABLE,
    /** 500, although the change is made. */
    DENIES,
    /** The change is made and the connection closed without an answer. */
    LOSES_ANSWERS,
    /** The connection is closed and nothing changes. */
    CUTS,
    /** No answer, and nothing changes. */
    HANGS,
    /** The change is made and the answer takes four seconds. */
    SLOW
  }
}
