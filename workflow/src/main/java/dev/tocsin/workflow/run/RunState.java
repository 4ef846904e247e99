// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.run.Run;
import dev.tocsin.schemas.run.Run.Progress;
import dev.tocsin.workflow.playbook.Playbook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One playbook at work on one epoch of an incident.
 *
 * @param remark what people should know about why it started; empty when it is as planned
 */
record RunState(
    String id,
    String playbook,
    String version,
    int epoch,
    Instant startedAt,
    String remark,
    List<StepRun> steps) {

  static RunState of(String incidentId, int epoch, Playbook playbook, String remark, Instant now) {
    return new RunState(
        ContentId.of("run", incidentId, epoch, playbook.name()),
        playbook.name(),
        playbook.version(),
        epoch,
        now,
        remark,
        playbook.steps().stream().map(StepRun::of).toList());
  }

  RunState with(int i, StepRun step) {
    List<StepRun> changed = new ArrayList<>(steps);
    changed.set(i, step);
    return new RunState(id, playbook, version, epoch, startedAt, remark, List.copyOf(changed));
  }

  /** The step's id outside: constant over attempts. */
  String stepId(StepRun step) {
    return id + '/' + step.name();
  }

  @JsonIgnore
  boolean isAtWork() {
    return !steps.stream().allMatch(StepRun::isEnded);
  }

  private Run.Status status() {
    if (isAtWork()) {
      return Run.Status.RUNNING;
    }
    return steps.stream().anyMatch(s -> s.progress() == Progress.FAILED)
        ? Run.Status.FAILED
        : Run.Status.FINISHED;
  }

  Run toRun(String incidentId, Instant at) {
    return new Run(id, incidentId, epoch, playbook, version, status(), startedAt, at, states());
  }

  private List<Run.StepState> states() {
    List<Run.StepState> states = new ArrayList<>(steps.stream().map(StepRun::toState).toList());
    if (!remark.isEmpty()) {
      states.set(0, steps.getFirst().remarked(remark).toState());
    }
    return List.copyOf(states);
  }
}
