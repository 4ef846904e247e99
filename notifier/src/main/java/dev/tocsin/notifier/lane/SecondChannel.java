// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.lane;

import dev.tocsin.notifier.channel.LaneProfile;
import dev.tocsin.notifier.effect.Ledger;
import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.effect.Effect;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Notification;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The way that a page takes as well when its endpoint does not take it in time, or gives it up: the
 * same to another endpoint, as a notification of its own. What is said of the page later follows.
 *
 * <p>A page that leaves in its turn and is taken sets no timer for this, and writes nothing.
 */
final class SecondChannel {

  private final Turn turn;
  private final LaneProfile.@Nullable Second second;
  private final Ledger ledger;

  SecondChannel(Turn turn, LaneProfile profile, Ledger ledger) {
    this.turn = turn;
    this.second = profile.second();
    this.ledger = ledger;
  }

  /** The id of what follows a notification there. */
  static String idOf(String notification) {
    return ContentId.of("dlv", notification, "second");
  }

  /** From now on the page is one that may need it. */
  void watch(String id, Instant since) {
    LaneDelivery page = turn.delivery(id);
    if (second == null
        || page == null
        || page.isOver()
        || page.second() != null
        || !(page.notification().content() instanceof Content.Page)) {
      return;
    }
    Instant due = since.plus(second.after());
    turn.put(page.secondly(new LaneDelivery.Second(due, false)));
    turn.set(timer(page, due));
  }

  /** It has waited for long enough. Nobody is woken for what is over by now. */
  void due(LaneDelivery page) {
    if (second != null
        && !page.isOver()
        && page.second() != null
        && page.second().due() != null
        && !page.tookSecond()) {
      take(page, "not taken for %d s".formatted(second.after().toSeconds()), second);
    }
  }

  /** Its end is known: taken, or given up, and then nothing is waited for any longer. */
  void ended(String id) {
    LaneDelivery page = turn.delivery(id);
    if (page == null
        || !(page.stage() instanceof Stage.Over over)
        || !(page.notification().content() instanceof Content.Page)
        || page.tookSecond()) {
      return;
    }
    boolean wasOver = page.second() != null && page.second().due() == null;
    callOff(page);
    if (second != null && over.status() == Delivery.Status.DEAD && !wasOver) {
      take(page, page.detail(), second);
    }
  }

  /** What is said of a page goes where the page went. */
  void follow(Notification news, @Nullable String traceparent) {
    String page = news.needs();
    if (second == null || page == null) {
      return;
    }
    boolean took = tookIt(page);
    switch (news.content()) {
      case Content.PageAcknowledge _ when took -> tell(news, page, second, traceparent);
      case Content.PageResolve _ when took -> tell(news, page, second, traceparent);
      case Content.PageResolve _ -> overBefore(page);
      default -> {
        // Notes need a token, and tell what whoever is woken can read here.
      }
    }
  }

  /** A lane that lost its state has the ledger's word for it. */
  private boolean tookIt(String id) {
    LaneDelivery page = turn.delivery(id);
    return page != null && page.tookSecond() || ledger.find(idOf(id)) != null;
  }

  private void take(LaneDelivery page, String why, LaneProfile.Second second) {
    Notification there = there(page.notification(), null, turn.now, second);
    if (ledger.find(there.id()) == null) {
      // At once: what is said of the page next may come before that lane has read of it.
      turn.enter(
          new Effect(there.id(), second.endpoint(), Effect.Status.PLANNED, 0, null, turn.now));
      turn.say(there, page.traceparent());
    }
    LaneDelivery took =
        page.secondly(new LaneDelivery.Second(turn.now, true))
            .failed(page.stage(), why + ": goes to " + second.endpoint() + " as well");
    turn.put(took);
    turn.say(took);
  }

  private static Notification there(
      Notification n, @Nullable String needs, Instant plannedAt, LaneProfile.Second second) {
    return new Notification(
        idOf(n.id()),
        second.endpoint(),
        n.incidentId(),
        n.epoch(),
        n.order(),
        needs,
        n.receivedAt(),
        plannedAt,
        n.content());
  }

  private void tell(
      Notification news, String page, LaneProfile.Second second, @Nullable String traceparent) {
    turn.say(there(news, idOf(page), news.plannedAt(), second), traceparent);
  }

  private void overBefore(String id) {
    LaneDelivery page = turn.delivery(id);
    if (page != null && !page.isOver()) {
      callOff(page);
      turn.put(page.secondly(new LaneDelivery.Second(null, false)));
    }
  }

  private void callOff(LaneDelivery page) {
    if (page.second() != null && page.second().due() != null) {
      turn.cancel(timer(page, page.second().due()));
    }
  }

  private LaneTimer timer(LaneDelivery page, Instant due) {
    return new LaneTimer(LaneTimer.Kind.SECOND, turn.endpoint, page.id(), 0, due);
  }
}
