// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.stub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.proof.history.Entry;
import dev.tocsin.testkit.receiver.Answer;
import dev.tocsin.testkit.receiver.Exchange;
import dev.tocsin.testkit.receiver.Fault;
import dev.tocsin.testkit.receiver.Request;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadingTest {

  private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
  private static final Answer MADE = answer("{'ok':true,'channel':'C1','ts':'17.000001'}");

  private static final String POST =
      """
      {'channel':'C1','text':'CRITICAL: proof-7 does not answer (open)','metadata':
        {'event_type':'tocsin_post','event_payload':{'mark':'inc_a-1','reply':''}}}""";

  private static final String EDIT =
      """
      {'channel':'C1','ts':'17.000001','text':'CRITICAL: proof-7 does not answer (resolved)','metadata':
        {'event_type':'tocsin_post','event_payload':{'mark':'inc_a-1','reply':''}}}""";

  private static final String REPLY =
      """
      {'channel':'C1','thread_ts':'17.000001','text':'Since then (nothing)','metadata':
        {'event_type':'tocsin_post','event_payload':{'mark':'inc_a-1','reply':'dlv_b'}}}""";

  private static Answer answer(String json) {
    return new Answer(200, Map.of(), bytes(json));
  }

  private static byte[] bytes(String json) {
    return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  private static Optional<Entry> posted(String method, String body, Fault fault, Answer answer) {
    Request request =
        new Request(1, NOON, "POST", URI.create("/api/" + method), Map.of(), bytes(body));
    int sent = fault instanceof Fault.None ? 200 : 0;
    return Reading.posted(new Exchange(request, fault, answer, sent, NOON));
  }

  private static Entry entry(
      String fault, boolean taken, int status, String change, String post, String... said) {
    return new Entry.Posted(
        NOON,
        NOON,
        fault,
        taken,
        status,
        change,
        post,
        "inc_a-1",
        said[0],
        said[1],
        change.equals("reply") ? "" : "proof-7");
  }

  @Test
  void post_isCalledWhatSlackCallsIt_thoughNobodyHeardOfIt() {
    assertThat(posted("chat.postMessage", POST, new Fault.None(), MADE))
        .contains(entry("None", true, 200, "post", "17.000001", "", "open"));
    assertThat(posted("chat.postMessage", POST, new Fault.LoseAnswer(), MADE))
        .contains(entry("LoseAnswer", true, 0, "post", "17.000001", "", "open"));
  }

  @Test
  void refusal_isNotTaken_thoughItsStatusIs200() {
    Answer refusal = answer("{'ok':false,'error':'channel_not_found'}");
    assertThat(posted("chat.postMessage", POST, new Fault.None(), refusal))
        .contains(entry("None", false, 200, "post", "", "", "open"));
  }

  @Test
  void editAndReply_areOfThePostThatTheyName() {
    assertThat(posted("chat.update", EDIT, new Fault.None(), MADE))
        .contains(entry("None", true, 200, "edit", "17.000001", "", "resolved"));
    Answer below = answer("{'ok':true,'channel':'C1','ts':'18.000002'}");
    assertThat(posted("chat.postMessage", REPLY, new Fault.None(), below))
        .contains(entry("None", true, 200, "reply", "17.000001", "dlv_b", ""));
  }

  @Test
  void whatOnlyReads_isNotKept() {
    assertThat(posted("conversations.history", "", new Fault.None(), MADE)).isEmpty();
  }
}
