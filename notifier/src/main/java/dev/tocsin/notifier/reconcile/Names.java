// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import dev.tocsin.notifier.channel.call.Reply;
import dev.tocsin.notifier.channel.call.Status;
import dev.tocsin.schemas.callback.Callback;
import dev.tocsin.schemas.callback.Change;
import java.time.Instant;
import java.util.stream.Stream;

/** Asks a vendor what its webhook does not say. */
interface Names {

  /** What the name means that a webhook did say. */
  default Answer told(String mark) {
    return Answer.of(mark);
  }

  /** What a page or ticket is called by us. */
  Answer mark(String object);

  /** Whether what was said there was said by us. */
  boolean isByUs(Callback callback, Change.Noted noted) throws Unanswered;

  /** What a vendor says to that. */
  sealed interface Answer {

    /** It is ours. */
    record Ours(Mark mark) implements Answer {}

    /** It is not, or not any more. */
    record NotOurs() implements Answer {}

    /** It cannot be asked: there is no token. */
    record NoToken() implements Answer {}

    record Failed(Fault fault) implements Answer {}

    /** The first of the names that is ours, if any is. */
    static Answer firstOf(Stream<String> names) {
      return names
          .map(Answer::of)
          .filter(Ours.class::isInstance)
          .findFirst()
          .orElseGet(NotOurs::new);
    }

    /**
     * Of a reply that does not tell.
     *
     * @param token the key of the secret that a 401 refuses
     */
    static Answer without(Reply reply, String token, Instant now) {
      return reply instanceof Reply.Answered answered && answered.status() == Status.NOT_FOUND
          ? new NotOurs()
          : new Failed(Fault.of(reply, token, now));
    }

    static Answer of(String name) {
      Mark mark = Mark.read(name);
      return mark == null ? new NotOurs() : new Ours(mark);
    }
  }

  /** The vendor did not answer; later it may. */
  final class Unanswered extends Exception {

    private final transient Fault fault;

    Unanswered(Fault fault) {
      super(fault.detail());
      this.fault = fault;
    }

    Fault fault() {
      return fault;
    }
  }
}
