// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.Constants;
import org.apache.coyote.Processor;
import org.apache.coyote.Request;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * HTTP with a time limit for the whole of a header, and with our own answer to too many of them.
 * The server's own timeout starts again with each byte, so that a sender of a byte every four
 * seconds would hold its connection for hours.
 *
 * <p>Public, with a constructor without arguments, because the server makes it by its name.
 */
public final class HeaderDeadline extends Http11NioProtocol {

  /** From the first byte of the request to the end of its header. */
  static final Duration LONGEST = Duration.ofSeconds(3);

  private static final long LOOK_EVERY_MILLIS = 500;

  private @Nullable ScheduledFuture<?> looking;

  /** The server's own limit answers 400; its size bounds their number too. */
  public HeaderDeadline() {
    setMaxHeaderCount(-1);
  }

  @Override
  public void start() throws Exception {
    super.start();
    looking =
        getUtilityExecutor()
            .scheduleWithFixedDelay(
                this::cutOff, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() throws Exception {
    if (looking != null) {
      looking.cancel(false);
    }
    super.stop();
  }

  private void cutOff() {
    long now = System.nanoTime();
    for (SocketWrapperBase<NioChannel> connection : getEndpoint().getConnections()) {
      if (connection.getCurrentProcessor() instanceof Processor processor
          && isOverdue(processor.getRequest(), now)) {
        connection.close();
      }
    }
  }

  private static boolean isOverdue(@Nullable Request request, long now) {
    if (request == null) {
      return false;
    }
    int stage = request.getRequestProcessor().getStage();
    // Between two pieces of a header the server calls a request ended; one that was answered has no
    // start any more.
    boolean isInHeader = stage == Constants.STAGE_PARSE || stage == Constants.STAGE_ENDED;
    long start = request.getStartTimeNanos();
    return isInHeader && start > 0 && now - start > LONGEST.toNanos();
  }
}
