// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import dev.tocsin.schemas.callback.Callback;
import dev.tocsin.schemas.callback.Change;

/** The marks of posts. Each button carries its post's, so that nobody has to be asked. */
final class PostNames implements Names {

  @Override
  public Answer told(String mark) {
    Mark read = Mark.ofPost(mark);
    return read == null ? new Answer.NotOurs() : new Answer.Ours(read);
  }

  @Override
  public Answer mark(String object) {
    return new Answer.NotOurs();
  }

  @Override
  public boolean isByUs(Callback callback, Change.Noted noted) {
    return false;
  }
}
