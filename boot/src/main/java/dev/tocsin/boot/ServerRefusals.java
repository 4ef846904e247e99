// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.boot;

import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.Context;
import org.apache.catalina.Pipeline;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * What the server refuses before any of our code sees it, as a problem and not as its page: a
 * request that is none, or a path that cannot be decoded.
 */
final class ServerRefusals extends ErrorReportValve {

  private static final int FIRST_ERROR = 400;

  /** In the place of the server's own, which has no words for programs. */
  static void answerIn(Context context) {
    if (context.getParent() instanceof StandardHost host) {
      Pipeline pipeline = host.getPipeline();
      Arrays.stream(pipeline.getValves())
          .filter(ErrorReportValve.class::isInstance)
          .forEach(pipeline::removeValve);
      pipeline.addValve(new ServerRefusals());
      // Else the host adds one more of its own as it starts.
      host.setErrorReportValveClass(ServerRefusals.class.getName());
    }
  }

  @Override
  protected void report(Request request, Response response, @Nullable Throwable failure) {
    int status = response.getStatus();
    if (status < FIRST_ERROR
        || response.getContentWritten() > 0
        || !response.setErrorReported()
        || !isOpen(response)) {
      return;
    }
    try {
      response.setContentType("application/problem+json");
      response.setCharacterEncoding("utf-8");
      Writer writer = response.getReporter();
      if (writer != null) {
        writer.write(problem(status));
        response.finishResponse();
      }
    } catch (IOException | IllegalStateException e) {
      // Whoever asked is gone.
      getContainer().getLogger().debug("a refusal was not told", e);
    }
  }

  private static boolean isOpen(Response response) {
    AtomicBoolean open = new AtomicBoolean();
    response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, open);
    return open.get();
  }

  /** Nothing of the request is said again, so nothing has to be escaped. */
  static String problem(int status) {
    HttpStatus known = HttpStatus.resolve(status);
    String title = known == null ? "Refused" : known.getReasonPhrase();
    return String.format(
        Locale.ROOT,
        "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}",
        title,
        status,
        status == HttpStatus.BAD_REQUEST.value()
            ? "this cannot be read as a request: its first line, its path or a header is not as"
                + " HTTP has it, or too long"
            : "the server does not take this request");
  }
}
