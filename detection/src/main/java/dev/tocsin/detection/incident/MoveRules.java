// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.incident;

import dev.tocsin.detection.storm.StormGroup;
import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.audit.AuditEntry;
import dev.tocsin.schemas.command.Command;
import dev.tocsin.schemas.incident.IncidentAlert;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.incident.IncidentEvent.Cause;
import dev.tocsin.schemas.move.Move;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a person's wish to put conditions into another incident.
 *
 * <p>Two groups take part, which may live on different partitions. The one they leave lets go of
 * them, remembers where they went, and writes a letter; the one they go to takes them in as if they
 * had begun to fire there. From then on the first only carries what is reported of them.
 */
public final class MoveRules {

  private final IncidentSettings settings;
  private final Beginning beginning;

  public MoveRules(IncidentSettings settings, FlappingSettings flapping) {
    this.settings = settings;
    this.beginning = new Beginning(settings, new FlappingRule(flapping));
  }

  /** Decisions about one group in their order, and what it has to say to others. */
  public record Moved(List<Decision> decisions, List<Move> letters) {}

  /**
   * @param conditions of the group, by their identity
   */
  public Moved out(
      AlertGroup group,
      Function<String, @Nullable Condition> conditions,
      Command.MoveAlerts c,
      Instant now) {
    Map<String, IncidentAlert> going = going(group, conditions, c);
    String refusal = refusal(group, going, c);
    if (refusal != null) {
      Decision nothing = new Story(group, null, null, now).told(audit(c, refusal, now));
      return new Moved(List.of(nothing), List.of());
    }
    List<Decision> decisions = new ArrayList<>();
    AlertGroup left = group;
    for (String identity : going.keySet()) {
      Story story = new Story(left, identity, conditions.apply(identity), now);
      story.become(null);
      Decision gone = story.told();
      decisions.add(gone);
      left = gone.group();
    }
    left =
        left.with(
            c.whole()
                ? left.redirects().toAll(c.intoGroup())
                : left.redirects().toSome(going.keySet(), c.intoGroup()));
    Story last = new Story(left, null, null, now);
    last.moveOut(c, List.copyOf(going.keySet()));
    decisions.add(last.told(audit(c, "done", now)));
    List<IncidentAlert> alerts = List.copyOf(going.values());
    Move letter =
        new Move.TakeIn(
            c.intoGroup(),
            c.into(),
            c.incidentId(),
            group.key(),
            alerts.isEmpty() ? "" : alerts.getFirst().title(),
            c.groupLabels(),
            alerts,
            c.whole(),
            c.by(),
            c.via(),
            now);
    return new Moved(List.copyOf(decisions), List.of(letter));
  }

  private static Map<String, IncidentAlert> going(
      AlertGroup group, Function<String, @Nullable Condition> conditions, Command.MoveAlerts c) {
    Map<String, IncidentAlert> going = new LinkedHashMap<>();
    for (IncidentAlert alert : c.alerts()) {
      Condition condition = conditions.apply(alert.identity());
      if (condition != null && condition.countsIn(group.round())) {
        going.put(alert.identity(), alert);
      }
    }
    return going;
  }

  private static @Nullable String refusal(
      AlertGroup group, Map<String, IncidentAlert> going, Command.MoveAlerts c) {
    if (!(group.incident() instanceof IncidentState.Active active)) {
      return "ignored: no such incident is open";
    }
    if (!active.id().equals(c.incidentId())) {
      return "ignored: the latest incident of the group is " + active.id();
    }
    if (c.intoGroup().equals(group.key())) {
      return "ignored: they are there already";
    }
    if (StormGroup.isOne(group.key()) || StormGroup.isOne(c.intoGroup())) {
      return "ignored: a storm takes in nothing, and is part of nothing";
    }
    if (!c.whole() && going.isEmpty()) {
      return "ignored: none of them fires in it";
    }
    if (!c.whole() && !group.redirects().haveRoomFor(going.size())) {
      return "ignored: at most %d conditions of a group can be moved one by one"
          .formatted(Redirects.MOST);
    }
    return null;
  }

  /** Takes in what came from another group. */
  public Moved in(
      AlertGroup group,
      Function<String, @Nullable Condition> conditions,
      Move.TakeIn m,
      Instant now) {
    List<String> identities = m.alerts().stream().map(IncidentAlert::identity).toList();
    AlertGroup with = group.with(group.redirects().here(identities).tookFrom(m.fromGroup()));
    List<Decision> decisions = new ArrayList<>();
    for (IncidentAlert alert : m.alerts()) {
      Condition known = conditions.apply(alert.identity());
      if (known == null || !known.countsIn(with.round())) {
        Story story = new Story(with, alert.identity(), known, now);
        List<Instant> turns = known == null ? List.of() : known.turns();
        beginning.begin(story, alert, m.groupLabels(), Episode.of(alert), turns, now);
        Decision begun = story.told();
        decisions.add(begun);
        with = begun.group();
      }
    }
    Story last = new Story(with, null, null, now);
    last.moveIn(m, identities);
    decisions.add(last.told());
    return new Moved(
        List.copyOf(decisions), last.isActive() ? List.of() : List.of(release(m, now)));
  }

  /**
   * A condition that was held back fires on, and nothing holds it any longer: it goes where the
   * others of its group went.
   */
  public Moved released(AlertGroup group, Condition.Held held, String target, Instant now) {
    Story story = new Story(group, held.alert().identity(), held, now);
    story.become(null);
    Move letter =
        new Move.TakeIn(
            target,
            null,
            null,
            group.key(),
            held.alert().title(),
            held.groupLabels(),
            List.of(held.alert()),
            false,
            "tocsin",
            "detection",
            now);
    return new Moved(List.of(story.told()), List.of(letter));
  }

  /** Nothing is open here: what comes next is the other group's own again. */
  private static Move release(Move.TakeIn m, Instant now) {
    return new Move.Target(m.fromGroup(), m.group(), now, now);
  }

  /** The incident that conditions of the group are in is over, or open again. */
  public Moved target(AlertGroup group, Move.Target m, Instant now) {
    Redirects before = group.redirects();
    Redirects after = before.until(m.target(), m.until(), now);
    if (after.equals(before)) {
      return new Moved(List.of(), List.of());
    }
    Decision changed = new Story(group.with(after), null, null, now).told();
    // What this group had taken in before all of it went on is there, too.
    List<Move> letters =
        Objects.equals(before.all(), after.all())
            ? List.of()
            : before.takenFrom().stream()
                .<Move>map(from -> new Move.Target(from, group.key(), m.until(), now))
                .toList();
    return new Moved(List.of(changed), letters);
  }

  /** What those whose conditions are here have to be told of a decision. */
  public List<Move> letters(Decision decision, Instant now) {
    AlertGroup group = decision.group();
    if (group.moved() == null || group.moved().takenFrom().isEmpty()) {
      return List.of();
    }
    List<Move> letters = new ArrayList<>();
    for (IncidentEvent event : decision.events()) {
      // Whoever made it part of another, or dismissed it, wants to hear no more of what fires.
      boolean over =
          event instanceof IncidentEvent.Resolved r
              && (r.cause() == Cause.ALL_CLEAR || r.cause() == Cause.EXPIRED);
      if (over || event instanceof IncidentEvent.Reopened) {
        Instant until = over ? now.plus(settings.reopenWithin()) : null;
        for (String from : group.moved().takenFrom()) {
          letters.add(new Move.Target(from, group.key(), until, now));
        }
      }
    }
    return List.copyOf(letters);
  }

  /**
   * What was decided of a report that another group carried here.
   *
   * @param from the group that carried it
   */
  public Moved carried(Decision decision, String from, boolean firing, Instant now) {
    AlertGroup group = decision.group().with(decision.group().redirects().tookFrom(from));
    Decision noted = decision.with(group).saying("A person had put it here from " + from + '.');
    boolean open = group.incident() instanceof IncidentState.Active;
    List<Move> letters = new ArrayList<>(letters(noted, now));
    if (!open && !firing && letters.isEmpty()) {
      letters.add(new Move.Target(from, group.key(), now.plus(settings.reopenWithin()), now));
    }
    return new Moved(List.of(noted), List.copyOf(letters));
  }

  private static AuditEntry audit(Command.MoveAlerts c, String detail, Instant now) {
    return new AuditEntry(
        ContentId.of("aud", c.id(), "move"), c.by(), "move", c.incidentId(), detail, now);
  }
}
