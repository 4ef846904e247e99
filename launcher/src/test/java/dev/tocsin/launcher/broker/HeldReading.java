// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher.broker;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.concurrent.Semaphore;
import org.slf4j.LoggerFactory;

/** Holds up the brokers of this JVM wherever they say that they read a record of a group. */
final class HeldReading implements AutoCloseable {

  private static final String READER =
      "org.apache.kafka.coordinator.common.runtime.CoordinatorLoaderImpl";

  private static final int READERS = 1_000;

  private final Logger log = (Logger) LoggerFactory.getLogger(READER);
  private final Level before = log.getLevel();
  private final Semaphore records = new Semaphore(0);
  private volatile boolean over;
  private final AppenderBase<ILoggingEvent> held =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          if (!over && event.getMessage().startsWith("Replaying")) {
            records.acquireUninterruptibly();
          }
        }
      };

  HeldReading() {
    held.start();
    log.setAdditive(false);
    log.addAppender(held);
    log.setLevel(Level.TRACE);
  }

  void goOnFor(int more) {
    records.release(more);
  }

  @Override
  public void close() {
    over = true;
    goOnFor(READERS);
    log.setLevel(before);
    log.detachAppender(held);
    log.setAdditive(true);
  }
}
