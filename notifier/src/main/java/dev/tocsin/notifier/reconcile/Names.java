// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import dev.tocsin.schemas.callback.Callback;
import dev.tocsin.schemas.callback.Change;

/** Asks a vendor what its webhook does not say. */
interface Names {

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
