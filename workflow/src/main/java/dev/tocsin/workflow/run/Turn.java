// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.run;

import dev.tocsin.schemas.context.Context;
import dev.tocsin.schemas.incident.Incident;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.run.Run;
import dev.tocsin.schemas.run.Run.Progress;
import dev.tocsin.workflow.playbook.Conditions.Answer;
import dev.tocsin.workflow.playbook.Playbook;
import dev.tocsin.workflow.playbook.Playbooks;
import dev.tocsin.workflow.playbook.Trigger;
import dev.tocsin.workflow.step.Beginning;
import dev.tocsin.workflow.step.Means;
import dev.tocsin.workflow.step.News;
import dev.tocsin.workflow.step.Opened;
import dev.tocsin.workflow.step.Options;
import dev.tocsin.workflow.step.Situation;
import dev.tocsin.workflow.step.StepAction;
import dev.tocsin.workflow.step.StepCatalog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One decision in the making: the moves that a happening can call for, and what they add up to. */
final class Turn {

  private final Playbooks playbooks;
  private final StepCatalog catalog;
  private final Means means;
  private final Instant now;
  private final Map<String, RunState> before = new LinkedHashMap<>();

  private Incident incident;
  private Trigger trigger;
  private Instant receivedAt;
  private final List<RunState> runs;
  private final Map<String, Opened> opened;
  private @Nullable Context context;
  private IncidentRuns.@Nullable Gathering gathered;

  private final List<RunState> retired = new ArrayList<>();
  private final Outgoing out;
  private boolean contextLate;

  Turn(Decider decider, IncidentRuns from, Means means, Instant now) {
    this.playbooks = decider.playbooks();
    this.catalog = decider.catalog();
    this.means = means;
    this.now = now;
    this.out = new Outgoing(now);
    this.incident = from.incident();
    this.trigger = from.trigger();
    this.receivedAt = from.receivedAt();
    this.runs = new ArrayList<>(from.runs());
    this.opened = new LinkedHashMap<>(from.opened());
    this.context = from.context();
    this.gathered = from.gathered();
    from.runs().forEach(run -> before.put(run.id(), run));
  }

  Instant now() {
    return now;
  }

  Incident incident() {
    return incident;
  }

  void incident(Incident next) {
    incident = next;
  }

  void receivedAt(Instant at) {
    receivedAt = at;
  }

  /** A new epoch: what ran for the old one ends, what it opened is remembered. */
  void reopen(Instant receivedAt) {
    for (RunState run : runs) {
      retired.add(endAll(run, Progress.SKIPPED, "the incident was reopened: the next run goes on"));
    }
    runs.clear();
    this.trigger = Trigger.INCIDENT_REOPENED;
    this.receivedAt = receivedAt;
    this.context = null;
    this.gathered = null;
  }

  /** Starts what the epoch's trigger starts and is not at work yet. */
  void startRuns() {
    for (Playbook playbook : playbooks.startedBy(trigger)) {
      if (runs.stream().noneMatch(run -> run.playbook().equals(playbook.name()))) {
        Answer answer = playbooks.ask(playbook.condition(), incident);
        if (answer.met()) {
          runs.add(RunState.of(incident.id(), incident.epoch(), playbook, remark(answer), now));
          advance(runs.size() - 1);
        }
      }
    }
  }

  /** The incident got worse: what was held back may begin now. */
  void lookAgain() {
    for (int i = 0; i < runs.size(); i++) {
      for (int j = 0; j < runs.get(i).steps().size(); j++) {
        StepRun step = runs.get(i).steps().get(j);
        if (step.isHeldBack() && playbooks.ask(step.plan().condition(), incident).met()) {
          runs.set(i, runs.get(i).with(j, step.again()));
        }
      }
      advance(i);
    }
    startRuns();
  }

  /** Goes on without what is waited for, in all runs. */
  void stopWaiting(String why) {
    change((_, step) -> step.waitedFor(), step -> step.noLongerWaitedFor(why));
  }

  /** Changes one step, and goes on with its run. */
  void change(String stepId, UnaryOperator<StepRun> how) {
    change((run, step) -> run.stepId(step).equals(stepId), how);
  }

  /** Changes steps, and goes on with their runs. */
  void change(BiPredicate<RunState, StepRun> which, UnaryOperator<StepRun> how) {
    for (int i = 0; i < runs.size(); i++) {
      for (int j = 0; j < runs.get(i).steps().size(); j++) {
        StepRun step = runs.get(i).steps().get(j);
        if (which.test(runs.get(i), step)) {
          runs.set(i, runs.get(i).with(j, how.apply(step)));
        }
      }
      advance(i);
    }
  }

  @Nullable StepRun step(String stepId) {
    return runs.stream()
        .flatMap(run -> run.steps().stream().filter(s -> run.stepId(s).equals(stepId)))
        .findFirst()
        .orElse(null);
  }

  private void advance(int i) {
    for (int j = 0; j < runs.get(i).steps().size(); j++) {
      StepRun step = runs.get(i).steps().get(j);
      if (step.progress() == Progress.WAITING) {
        step = begin(runs.get(i), step);
        runs.set(i, runs.get(i).with(j, step));
      }
      if (step.waitedFor()) {
        return;
      }
    }
  }

  private StepRun begin(RunState run, StepRun step) {
    Answer answer = playbooks.ask(step.plan().condition(), incident);
    if (!answer.met()) {
      return step.ended(Progress.SKIPPED, now, "not met: " + step.plan().condition());
    }
    StepAction action = catalog.find(step.plan().kind());
    StepRun started = step.started(now, remark(answer));
    if (action == null) {
      return started.ended(
          Progress.FAILED, now, "there are no steps of kind " + step.plan().kind() + " any more");
    }
    String id = notificationId(run.playbook(), step.name(), "open");
    Options options = new Options(step.plan().options());
    return switch (action.begin(situation(), options, id)) {
      case Beginning.Opens b when means.refusal(b.endpoint(), b.content()) instanceof String why ->
          started.ended(Progress.SKIPPED, now, why);
      case Beginning.Opens b -> {
        notify(id, b.endpoint(), null, b.content());
        opened.put(
            b.endpoint(),
            new Opened(
                action.kind(),
                b.endpoint(),
                b.name(),
                id,
                run.playbook(),
                step.name(),
                incident.epoch(),
                false,
                null));
        yield started.told(id);
      }
      case Beginning.TakesUp b -> {
        notify(id, b.opened().endpoint(), b.opened().notificationId(), b.content());
        opened.put(b.opened().endpoint(), b.opened().takenUp(incident.epoch()));
        yield started.told(id);
      }
      case Beginning.HandsOut b -> handOut(run, started, b);
      case Beginning.Nothing b -> started.ended(Progress.SKIPPED, now, b.why());
    };
  }

  private StepRun handOut(RunState run, StepRun step, Beginning.HandsOut terms) {
    StepRun handed = step.handedOut(now.plus(terms.lease()));
    out.handOut(incident, run, handed, terms);
    if (handed.attempt() > 1 || !means.modelAtWork() || terms.waitFor().isZero()) {
      return handed;
    }
    timer(now.plus(terms.waitFor()), TimerName.Kind.WAIT, run.stepId(handed));
    return handed.waitedFor(now.plus(terms.waitFor()));
  }

  /** Hands a step out once more, whose worker went silent. */
  void handOutAgain(String stepId) {
    for (int i = 0; i < runs.size(); i++) {
      RunState run = runs.get(i);
      for (int j = 0; j < run.steps().size(); j++) {
        StepRun step = run.steps().get(j);
        StepAction action = catalog.find(step.plan().kind());
        if (run.stepId(step).equals(stepId)
            && action != null
            && action.begin(situation(), new Options(step.plan().options()), stepId)
                instanceof Beginning.HandsOut terms) {
          runs.set(i, run.with(j, handOut(run, step, terms)));
        }
      }
    }
  }

  /** Tells news to those endpoints of what is open that want to hear them. */
  void tell(News news, String newsId, Predicate<Opened> to) {
    for (Opened each : List.copyOf(opened.values())) {
      StepAction action = catalog.find(each.kind());
      if (action != null && each.isReachable() && to.test(each)) {
        String id = notificationId(each.playbook(), each.step(), newsId);
        Content content = action.follow(situation(), each, news, id);
        if (content != null && isTaken(each.endpointFor(content), content)) {
          notify(id, each.endpointFor(content), each.neededBy(content), content);
        }
      }
    }
  }

  /** Whether a note is worth planning. What acknowledges or closes is planned in any case. */
  private boolean isTaken(String endpoint, Content content) {
    return !(content instanceof Content.PageNote) || means.refusal(endpoint, content) == null;
  }

  void gathered(IncidentRuns.@Nullable Gathering next) {
    gathered = next;
  }

  IncidentRuns.@Nullable Gathering gathered() {
    return gathered;
  }

  void found(Context found, boolean late) {
    context = found;
    contextLate = late;
  }

  @Nullable Context context() {
    return context;
  }

  /** What is open, before a move that may open more. */
  List<String> openEndpoints() {
    return List.copyOf(opened.keySet());
  }

  void changeOpened(UnaryOperator<Opened> how) {
    opened.replaceAll((_, each) -> how.apply(each));
  }

  @Nullable Opened openedBy(String notificationId) {
    return opened.values().stream()
        .filter(each -> each.notificationId().equals(notificationId))
        .findFirst()
        .orElse(null);
  }

  void timer(Instant due, TimerName.Kind kind, String about) {
    out.timer(due, new TimerName(kind, incident.id(), about));
  }

  /** Whether any run still has something to do or to hear of. */
  boolean isAtWork() {
    return runs.stream().anyMatch(RunState::isAtWork);
  }

  /** What the turn adds up to. */
  Decision end() {
    return decision(
        new IncidentRuns(
            incident,
            trigger,
            receivedAt,
            List.copyOf(runs),
            new LinkedHashMap<>(opened),
            context,
            gathered));
  }

  /** The same, and nothing is remembered. */
  Decision forget() {
    runs.replaceAll(run -> endAll(run, Progress.FAILED, "nobody said what became of it"));
    return decision(null);
  }

  private Decision decision(@Nullable IncidentRuns after) {
    List<Decision.Move> moves = new ArrayList<>();
    List<RunState> all = new ArrayList<>(retired);
    all.addAll(runs);
    for (RunState run : all) {
      RunState was = before.get(run.id());
      if (!run.equals(was)) {
        Run then = was == null ? null : was.toRun(incident.id(), now);
        moves.add(new Decision.Move(then, run.toRun(incident.id(), now)));
      }
    }
    return out.decision(after, moves, contextLate);
  }

  private RunState endAll(RunState run, Progress how, String why) {
    RunState ended = run;
    for (int i = 0; i < run.steps().size(); i++) {
      if (!run.steps().get(i).isEnded()) {
        ended = ended.with(i, run.steps().get(i).ended(how, now, why));
      }
    }
    return ended;
  }

  private Situation situation() {
    boolean coming =
        runs.stream()
            .flatMap(run -> run.steps().stream())
            .anyMatch(s -> s.progress() == Progress.STARTED && s.attempt() > 0);
    return new Situation(incident, context, coming, opened, means, now);
  }

  private String notificationId(String playbook, String step, String about) {
    return out.notificationId(incident, playbook, step, about);
  }

  private void notify(String id, String endpoint, @Nullable String needs, Content content) {
    out.notify(incident, receivedAt, id, endpoint, needs, content);
  }

  private static String remark(Answer answer) {
    return answer.trouble() == null
        ? ""
        : "its condition could not be asked, so it counts as met: " + answer.trouble();
  }
}
