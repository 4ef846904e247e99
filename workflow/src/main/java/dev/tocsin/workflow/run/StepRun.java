// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tocsin.schemas.run.Run;
import dev.tocsin.schemas.run.Run.Progress;
import dev.tocsin.workflow.playbook.Playbook.PlannedStep;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step of a run, as it stands. It carries its plan, so that a run goes on as it began when its
 * playbook has changed.
 *
 * @param attempt how often it was handed out
 * @param leaseUntil when a step that was handed out counts as lost
 * @param waitUntil until when later steps waited or wait for it; null when they never did
 * @param waitedFor whether later steps wait for it now
 * @param notificationId what it told, whose delivery ends it; null when it told nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StepRun(
    PlannedStep plan,
    Progress progress,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    String detail,
    int attempt,
    @Nullable Instant leaseUntil,
    @Nullable Instant waitUntil,
    boolean waitedFor,
    @Nullable String notificationId) {

  static StepRun of(PlannedStep plan) {
    return new StepRun(plan, Progress.WAITING, null, null, "", 0, null, null, false, null);
  }

  String name() {
    return plan.name();
  }

  @JsonIgnore
  boolean isEnded() {
    return progress != Progress.WAITING && progress != Progress.STARTED;
  }

  /** Whether its condition held it back, so that it may still begin. */
  @JsonIgnore
  boolean isHeldBack() {
    return progress == Progress.SKIPPED && startedAt == null;
  }

  StepRun started(Instant now, String detail) {
    return new StepRun(
        plan,
        Progress.STARTED,
        now,
        null,
        detail,
        attempt,
        leaseUntil,
        waitUntil,
        false,
        notificationId);
  }

  StepRun handedOut(Instant lease) {
    return new StepRun(
        plan,
        progress,
        startedAt,
        endedAt,
        detail,
        attempt + 1,
        lease,
        waitUntil,
        waitedFor,
        notificationId);
  }

  StepRun told(String id) {
    return new StepRun(
        plan, progress, startedAt, endedAt, detail, attempt, leaseUntil, waitUntil, waitedFor, id);
  }

  StepRun waitedFor(Instant until) {
    return new StepRun(
        plan,
        progress,
        startedAt,
        endedAt,
        detail,
        attempt,
        leaseUntil,
        until,
        true,
        notificationId);
  }

  StepRun noLongerWaitedFor(String why) {
    return new StepRun(
        plan,
        progress,
        startedAt,
        endedAt,
        why,
        attempt,
        leaseUntil,
        waitUntil,
        false,
        notificationId);
  }

  StepRun ended(Progress how, Instant now, String why) {
    return new StepRun(
        plan, how, startedAt, now, why, attempt, null, waitUntil, false, notificationId);
  }

  /** Not held back after all. */
  StepRun again() {
    return of(plan);
  }

  StepRun remarked(String remark) {
    return new StepRun(
        plan,
        progress,
        startedAt,
        endedAt,
        detail.isEmpty() ? remark : remark + ". " + detail,
        attempt,
        leaseUntil,
        waitUntil,
        waitedFor,
        notificationId);
  }

  Run.StepState toState() {
    return new Run.StepState(plan.name(), plan.kind(), progress, startedAt, endedAt, detail);
  }
}
