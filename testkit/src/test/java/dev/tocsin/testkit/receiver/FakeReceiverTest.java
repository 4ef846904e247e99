// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes wrong on purpose goes wrong exactly so: proofs of loss and doubling rest on it. */
class FakeReceiverTest {

  /** Counts what it was asked for. */
  private static final class Counting extends FakeReceiver {

    private final List<Integer> taken = new CopyOnWriteArrayList<>();

    Counting() {
      super(InstantSource.system());
      listen(0);
    }

    @Override
    protected Answer answer(Request request) {
      taken.add(request.number());
      return Answer.json(201, Map.of("number", request.number()));
    }
  }

  private final Counting receiver = new Counting();
  private final Visitor visitor = new Visitor(receiver, Map.of());

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void refused_changesNothing() throws IOException {
    receiver.failNext(1, 503, Map.of("Retry-After", "7"));

    HttpResponse<String> answer = visitor.send("POST", "/", "x");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("retry-after")).hasValue("7");
    assertThat(receiver.taken).isEmpty();
    assertThat(receiver.requests()).hasSize(1);
  }

  @Test
  void faultsOfTheNext_comeFirst_thenTheStandingOne_untilItRecovers() throws IOException {
    receiver.fail(500, Map.of());
    receiver.failNext(1, 429, Map.of());
    receiver.passNext(1);

    assertThat(post()).isEqualTo(429);
    assertThat(post()).isEqualTo(201);
    assertThat(post()).isEqualTo(500);
    assertThat(post()).isEqualTo(500);
    receiver.recover();
    assertThat(post()).isEqualTo(201);
    assertThat(receiver.taken).containsExactly(2, 5);
  }

  @Test
  void faultsByRule_areThoseOfTheRequest() throws IOException {
    receiver.faults(
        request ->
            request.path().equals("/bad") ? new Fault.Refuse(Answer.empty(400)) : new Fault.None());

    assertThat(visitor.status("POST", "/bad", "")).isEqualTo(400);
    assertThat(visitor.status("POST", "/good", "")).isEqualTo(201);
  }

  @Test
  void lostAnswer_isAChangeNobodyHeardOf() {
    receiver.loseAnswers(1);

    assertThatThrownBy(this::post).isInstanceOf(IOException.class);
    assertThat(receiver.taken).containsExactly(1);
  }

  @Test
  void cut_changesNothing_andIsNotAnswered() {
    receiver.faults(_ -> new Fault.Cut());

    assertThatThrownBy(this::post).isInstanceOf(IOException.class);
    assertThat(receiver.taken).isEmpty();
  }

  @Test
  void denied_isAChangeThatIsAnsweredAsNone() throws IOException {
    receiver.faults(_ -> new Fault.Deny(Answer.empty(500)));

    assertThat(post()).isEqualTo(500);
    assertThat(receiver.taken).containsExactly(1);
  }

  @Test
  void hanging_changesNothing_andIsDroppedWhenItRecovers() throws Exception {
    LinkedBlockingQueue<Exchange> history = new LinkedBlockingQueue<>();
    CountDownLatch arrived = new CountDownLatch(1);
    receiver.recordTo(history::add);
    receiver.faults(
        _ -> {
          arrived.countDown();
          return new Fault.Hang();
        });
    CompletableFuture<HttpResponse<String>> hanging =
        HttpClient.newHttpClient()
            .sendAsync(
                HttpRequest.newBuilder(receiver.uri())
                    .POST(HttpRequest.BodyPublishers.ofString("x"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());

    assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(hanging).isNotDone();
    receiver.recover();

    assertThatThrownBy(() -> hanging.get(60, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IOException.class);
    Exchange hung = history.poll(60, TimeUnit.SECONDS);
    assertThat(hung).isNotNull();
    assertThat(hung.isTaken()).isFalse();
    assertThat(hung.sent()).isZero();
    assertThat(receiver.taken).isEmpty();
  }

  @Test
  void late_isAnsweredAllTheSame() throws IOException {
    receiver.answerAfter(Duration.ofMillis(30));

    assertThat(post()).isEqualTo(201);
  }

  @Test
  void history_tellsWhatBecameOfEach_andNothingIsKeptBeside() throws Exception {
    LinkedBlockingQueue<Exchange> history = new LinkedBlockingQueue<>();
    receiver.recordTo(history::add);
    receiver.failNext(1, 503, Map.of());
    post();
    post();

    Exchange refused = history.poll(60, TimeUnit.SECONDS);
    Exchange taken = history.poll(60, TimeUnit.SECONDS);

    assertThat(refused).isNotNull();
    assertThat(refused.sent()).isEqualTo(503);
    assertThat(refused.answer()).isNull();
    assertThat(refused.isTaken()).isFalse();
    assertThat(taken).isNotNull();
    assertThat(taken.sent()).isEqualTo(201);
    assertThat(taken.isTaken()).isTrue();
    assertThat(receiver.requests()).isEmpty();
  }

  @Test
  void request_isKeptAsItCame() throws IOException {
    new Visitor(receiver, Map.of("X-Trace", "t1"))
        .send("PUT", "/a%2Fb?k=1&k=2&empty=&word=%C3%A9+x&alone", "b\u00f6dy");

    Request request = receiver.requests().getFirst();
    assertThat(request.method()).isEqualTo("PUT");
    assertThat(request.uri().getRawPath()).isEqualTo("/a%2Fb");
    assertThat(request.header("x-TRACE")).isEqualTo("t1");
    assertThat(request.text()).isEqualTo("b\u00f6dy");
    assertThat(request.query())
        .containsExactly(
            Map.entry("k", List.of("1", "2")),
            Map.entry("empty", List.of("")),
            Map.entry("word", List.of("\u00e9 x")),
            Map.entry("alone", List.of("")));
  }

  @Test
  void closed_answersNobody() {
    URI address = receiver.uri();
    receiver.close();

    assertThatThrownBy(() -> new Visitor(receiver, Map.of()).send("GET", "/", ""))
        .isInstanceOf(IOException.class);
    assertThat(address.getHost()).isEqualTo("127.0.0.1");
  }

  private int post() throws IOException {
    return visitor.status("POST", "/", "x");
  }
}
