// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.tool;

import dev.tocsin.testkit.receiver.Answer;
import dev.tocsin.testkit.receiver.FakeReceiver;
import dev.tocsin.testkit.receiver.Request;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;

/** A server that is asked for telemetry and says, to whatever it is asked, what it was told to. */
final class TelemetryServer extends FakeReceiver {

  private volatile Answer answer = Answer.empty(200);

  TelemetryServer() {
    super(InstantSource.system());
    listen(0);
  }

  void says(String json) {
    says(new Answer(200, Map.of(), json.getBytes(StandardCharsets.UTF_8)));
  }

  void says(Answer next) {
    answer = next;
  }

  @Override
  protected Answer answer(Request request) {
    return answer;
  }
}
