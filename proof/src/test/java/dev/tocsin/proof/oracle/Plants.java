// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.oracle;

import static dev.tocsin.proof.oracle.Check.*;
import static dev.tocsin.proof.oracle.Plant.*;

import dev.tocsin.proof.history.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Bugs, each of which has been somebody's. */
final class Plants {

  private static final Duration LATER = Duration.ofSeconds(1);

  static final List<Plant> ALL =
      List.of(
          new Plant("the attempt is lost with its worker", PAGE_LOST, without(h -> trigger(h))),
          new Plant(
              "a refused page counts as delivered",
              PAGE_LOST,
              replaced(h -> trigger(h), p -> taken(p, false))),
          new Plant(
              "each attempt has a dedup key of its own",
              PAGE_DOUBLED,
              added(h -> keyed(page(h, Plants::isTrigger), "another"))),
          new Plant(
              "a trigger is sent again after its resolve",
              PAGE_DOUBLED,
              h -> {
                Entry.Paged resolve = resolve(h);
                Entry.Paged trigger = triggerOf(h, resolve.dedupKey());
                return plus(h, at(trigger, resolve.answeredAt().plus(LATER)));
              }),
          new Plant("a page for what was never sent", PAGE_UNASKED, added(h -> stray(trigger(h)))),
          new Plant("the resolve is dropped", PAGE_LEFT_OPEN, without(h -> resolve(h))),
          new Plant(
              "a resolve that was refused counts as done",
              PAGE_LEFT_OPEN,
              replaced(h -> resolve(h), p -> taken(p, false))),
          new Plant(
              "an incident is closed that is not over",
              PAGE_CLOSED,
              h -> {
                Entry.Paged open = openTrigger(h);
                return plus(h, action(at(open, open.answeredAt().plus(LATER)), "resolve"));
              }),
          new Plant(
              "the resolve does not wait for the trigger",
              PAGE_OVERLAPPED,
              h -> {
                Entry.Paged resolve = resolve(h);
                Entry.Paged trigger = triggerOf(h, resolve.dedupKey());
                return replace(h, trigger, until(trigger, resolve.answeredAt().plus(LATER)));
              }),
          new Plant("the ticket is forgotten", TICKET_LOST, without(h -> ticket(h, "create"))),
          new Plant(
              "a ticket is created again without a probe",
              TICKET_DOUBLED,
              added(h -> numbered(ticket(h, "create"), "OPS-999999"))),
          new Plant("the ticket stays open", TICKET_LEFT_OPEN, without(h -> ticket(h, "done"))),
          new Plant(
              "a comment is written again without a look",
              COMMENT_DOUBLED,
              added(h -> ticket(h, "comment"))),
          new Plant("a subscriber is skipped", EVENT_LOST, Plants::withoutOneEvent),
          new Plant("a refused event counts as delivered", EVENT_LOST, Plants::withOneEventRefused),
          new Plant(
              "an event of an aborted transaction is sent",
              EVENT_UNASKED,
              added(h -> about(heard(h), "inc_never", "fresh"))),
          new Plant(
              "a retry has a webhook-id of its own",
              EVENT_RENAMED,
              added(h -> about(heard(h), heard(h).incident(), "fresh"))),
          new Plant("an event overtakes another", EVENT_DISORDERED, Plants::withEventsSwapped),
          new Plant(
              "the signature is of another body",
              EVENT_UNSIGNED,
              replaced(Plants::heard, Plants::unsigned)),
          new Plant(
              "an alert is swallowed after its 202",
              INCIDENT_LOST,
              h -> {
                String incident =
                    first(h, Entry.Told.class, t -> !t.service().isEmpty()).incident();
                return keep(h, e -> !(e instanceof Entry.Told t && t.incident().equals(incident)));
              }),
          new Plant(
              "a replay opens the incident again",
              INCIDENT_DOUBLED,
              added(h -> first(h, Entry.Told.class, t -> t.type().equals("opened")))),
          new Plant(
              "an id is made from chance",
              INCIDENT_DOUBLED,
              added(h -> renamed(first(h, Entry.Told.class, t -> t.type().equals("opened"))))),
          new Plant(
              "a resolution is swallowed after its 202",
              INCIDENT_LEFT_OPEN,
              without(h -> first(h, Entry.Told.class, t -> t.type().equals("resolved")))),
          new Plant(
              "half of a failed decision is committed",
              OUTCOME_DOUBLED,
              added(h -> first(h, Entry.Decided.class, d -> true))),
          new Plant(
              "a lease is never looked at",
              LEDGER_OPEN,
              replaced(h -> first(h, Entry.Ledgered.class, l -> true), l -> status(l, "ISSUED"))),
          new Plant(
              "the ledger is written before the decision",
              LEDGER_DISAGREES,
              replaced(h -> first(h, Entry.Ledgered.class, l -> true), l -> status(l, "DEAD"))),
          new Plant(
              "a delivery is claimed that nobody got", LEDGER_DISAGREES, without(h -> trigger(h))),
          new Plant(
              "an alert has no outcome",
              ACCOUNTING_OPEN,
              replaced(
                  h -> first(h, Entry.Accounted.class, a -> true),
                  a -> new Entry.Accounted(a.at(), a.accepted(), a.accounted() - 1, 1))),
          new Plant(
              "the accounting is gone",
              ACCOUNTING_OPEN,
              h -> keep(h, e -> !(e instanceof Entry.Accounted))),
          new Plant(
              "what is lost is not counted",
              ACCOUNTING_SHORT,
              replaced(
                  h -> first(h, Entry.Accounted.class, a -> true),
                  a -> new Entry.Accounted(a.at(), 1, 1, 0))),
          new Plant(
              "an error ends the process",
              PROCESS_FAILED,
              added(h -> new Entry.Failed(h.getFirst().at(), "notifier", "ended by itself"))),
          new Plant(
              "the kills hit what was dead",
              VACUOUS,
              h ->
                  h.stream()
                      .map(e -> e instanceof Entry.Struck s ? missed(s) : e)
                      .collect(Collectors.toList())),
          new Plant(
              "everything is refused", VACUOUS, h -> keep(h, e -> !(e instanceof Entry.Sent))));

  private Plants() {}

  // What to plant on.

  private static boolean isTrigger(Entry entry) {
    return entry instanceof Entry.Paged p && p.isTrigger() && p.taken();
  }

  private static Entry.Paged page(List<Entry> history, Predicate<Entry> which) {
    return (Entry.Paged) history.stream().filter(which).findFirst().orElseThrow();
  }

  /** A trigger that PagerDuty got once. */
  private static Entry.Paged trigger(List<Entry> history) {
    return first(
        history,
        Entry.Paged.class,
        p ->
            isTrigger(p)
                && history.stream()
                        .filter(Plants::isTrigger)
                        .filter(o -> ((Entry.Paged) o).dedupKey().equals(p.dedupKey()))
                        .count()
                    == 1);
  }

  private static Entry.Paged triggerOf(List<Entry> history, String key) {
    return first(history, Entry.Paged.class, p -> isTrigger(p) && p.dedupKey().equals(key));
  }

  private static Entry.Paged resolve(List<Entry> history) {
    return first(history, Entry.Paged.class, p -> p.action().equals("resolve") && p.taken());
  }

  private static Entry.Paged openTrigger(List<Entry> history) {
    return first(
        history,
        Entry.Paged.class,
        p ->
            isTrigger(p)
                && history.stream()
                    .noneMatch(
                        e ->
                            e instanceof Entry.Sent s
                                && !s.firing()
                                && s.service().equals(p.service())));
  }

  private static Entry.Ticketed ticket(List<Entry> history, String change) {
    return first(history, Entry.Ticketed.class, t -> t.taken() && t.change().equals(change));
  }

  private static Entry.Heard heard(List<Entry> history) {
    return first(history, Entry.Heard.class, Entry.Heard::taken);
  }

  // What to make of it.

  private static Entry.Paged taken(Entry.Paged p, boolean taken) {
    return new Entry.Paged(
        p.at(), p.answeredAt(), p.fault(), taken, 503, p.action(), p.dedupKey(), p.service());
  }

  private static Entry.Paged keyed(Entry.Paged p, String key) {
    return new Entry.Paged(
        p.at(), p.answeredAt(), p.fault(), true, 202, p.action(), key, p.service());
  }

  private static Entry.Paged stray(Entry.Paged p) {
    return new Entry.Paged(
        p.at(), p.answeredAt(), p.fault(), true, 202, "trigger", "stray", "proof-999999");
  }

  private static Entry.Paged action(Entry.Paged p, String action) {
    return new Entry.Paged(
        p.at(), p.answeredAt(), p.fault(), true, 202, action, p.dedupKey(), p.service());
  }

  private static Entry.Paged at(Entry.Paged p, Instant at) {
    return new Entry.Paged(at, at, p.fault(), true, 202, p.action(), p.dedupKey(), p.service());
  }

  private static Entry.Paged until(Entry.Paged p, Instant answered) {
    return new Entry.Paged(
        p.at(), answered, p.fault(), true, 202, p.action(), p.dedupKey(), p.service());
  }

  private static Entry.Ticketed numbered(Entry.Ticketed t, String key) {
    return new Entry.Ticketed(
        t.at(), t.answeredAt(), t.fault(), true, 201, t.change(), key, t.mark(), t.service());
  }

  private static Entry.Heard about(Entry.Heard h, String incident, String webhookId) {
    return new Entry.Heard(
        h.at(),
        h.answeredAt(),
        h.fault(),
        true,
        204,
        h.receiver(),
        webhookId,
        h.eventId(),
        h.type(),
        incident,
        true);
  }

  private static Entry.Heard unsigned(Entry.Heard h) {
    return new Entry.Heard(
        h.at(),
        h.answeredAt(),
        h.fault(),
        true,
        204,
        h.receiver(),
        h.webhookId(),
        h.eventId(),
        h.type(),
        h.incident(),
        false);
  }

  private static Entry.Told renamed(Entry.Told t) {
    return new Entry.Told(t.at(), "inc_other", t.epoch(), t.type(), t.service());
  }

  private static Entry.Ledgered status(Entry.Ledgered l, String status) {
    return new Entry.Ledgered(l.at(), l.effect(), l.endpoint(), status, l.attempts());
  }

  private static Entry.Struck missed(Entry.Struck s) {
    return new Entry.Struck(s.at(), s.until(), s.fault(), s.kind(), s.target(), false);
  }

  private static List<Entry> withoutOneEvent(List<Entry> history) {
    Entry.Heard event = heard(history);
    return keep(history, e -> !(isOf(e, event)));
  }

  private static List<Entry> withOneEventRefused(List<Entry> history) {
    Entry.Heard event = heard(history);
    return history.stream()
        .map(e -> isOf(e, event) ? refused((Entry.Heard) e) : e)
        .collect(Collectors.toList());
  }

  private static boolean isOf(Entry e, Entry.Heard event) {
    return e instanceof Entry.Heard h
        && h.receiver().equals(event.receiver())
        && h.webhookId().equals(event.webhookId());
  }

  private static Entry.Heard refused(Entry.Heard h) {
    return new Entry.Heard(
        h.at(),
        h.answeredAt(),
        h.fault(),
        false,
        503,
        h.receiver(),
        h.webhookId(),
        h.eventId(),
        h.type(),
        h.incident(),
        true);
  }

  /** Opened comes after all the rest that a subscriber hears of that incident. */
  private static List<Entry> withEventsSwapped(List<Entry> history) {
    Entry.Heard opened =
        first(
            history,
            Entry.Heard.class,
            h ->
                h.taken()
                    && h.type().endsWith("opened")
                    && history.stream()
                        .anyMatch(
                            e ->
                                e instanceof Entry.Heard o
                                    && o.taken()
                                    && o.receiver().equals(h.receiver())
                                    && o.incident().equals(h.incident())
                                    && o.type().endsWith("resolved")));
    Instant end = history.stream().map(Entry::at).max(Instant::compareTo).orElseThrow();
    return history.stream()
        .map(
            e ->
                isOf(e, opened)
                    ? new Entry.Heard(
                        end,
                        end,
                        "None",
                        true,
                        204,
                        opened.receiver(),
                        opened.webhookId(),
                        opened.eventId(),
                        opened.type(),
                        opened.incident(),
                        true)
                    : e)
        .collect(Collectors.toList());
  }
}
