// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what does not work once per change, and that it works again. */
final class FaultLog {

  private static final Logger LOG = LoggerFactory.getLogger(FaultLog.class);

  private final String about;
  private @Nullable String last;

  FaultLog(String about) {
    this.about = about;
  }

  void works() {
    if (last != null) {
      LOG.info("{} is seen again", about);
    }
    last = null;
  }

  void failed(String kind, String detail) {
    if (!Objects.equals(kind, last)) {
      LOG.warn("{} is not seen for now: {}", about, detail);
    }
    last = kind;
  }
}
