// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.audit.AuditEntry;
import dev.tocsin.schemas.command.Command;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Notification;
import java.time.Duration;
import java.time.Instant;

/**
 * A page or ticket that is open although its incident is over: our word of that was lost, or
 * overtaken. It is healed over its lane, as everything goes out, and people are told.
 *
 * @param heal says once more that it is over
 * @param note for the incident's timeline
 */
record Stray(Notification heal, Command note, AuditEntry audit) {

  private static final String US = "tocsin";

  static Stray page(Watched watched, String dedupKey, int times, Duration open, Instant now) {
    return of(
        PageRules.VIA,
        watched,
        dedupKey,
        new Content.PageResolve(dedupKey),
        "The page %s was still open in PagerDuty %s after its incident was over: it is resolved there now."
            .formatted(dedupKey, words(open)),
        times,
        now);
  }

  static Stray ticket(Watched watched, String ticket, int times, Duration open, Instant now) {
    return of(
        TicketRules.VIA,
        watched,
        ticket,
        new Content.TicketResolve(watched.incidentId(), "The incident is over."),
        "%s was still open %s after the incident was over: it is ended now."
            .formatted(ticket, words(open)),
        times,
        now);
  }

  private static Stray of(
      String vendor,
      Watched watched,
      String object,
      Content content,
      String text,
      int times,
      Instant now) {
    String about = "stray/" + object + '/' + watched.epoch() + '/' + times;
    return new Stray(
        new Notification(
            ContentId.of("dlv", vendor, about),
            vendor + "/default",
            watched.incidentId(),
            watched.epoch(),
            watched.incidentId(),
            null,
            now,
            now,
            content),
        new Wishes(vendor).note(watched, about, US, text, now),
        new AuditEntry(
            ContentId.of("aud", vendor, about), US, "stray.heal", watched.incidentId(), text, now));
  }

  private static String words(Duration open) {
    return open.toMinutes() < 2 ? open.toSeconds() + " s" : open.toMinutes() + " min";
  }
}
