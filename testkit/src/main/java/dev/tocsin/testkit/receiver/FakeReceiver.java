// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.receiver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server on loopback that plays somebody we deliver to. It remembers every request in order
 * of arrival and misbehaves as told: faults for the next few requests come first, then the standing
 * fault, if any.
 */
public abstract class FakeReceiver implements AutoCloseable {

  private static final Function<Request, Fault> ALL_WELL = _ -> new Fault.None();

  protected final InstantSource clock;
  private final List<Request> requests = new ArrayList<>();
  private final Deque<Fault> next = new ArrayDeque<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private Function<Request, Fault> standing = ALL_WELL;
  private @Nullable Consumer<Exchange> history;
  private @Nullable HttpServer server;
  private CountDownLatch recovered = new CountDownLatch(1);
  private int arrived;

  protected FakeReceiver(InstantSource clock) {
    this.clock = clock;
  }

  /** Makes the change that the request asks for, and says so. Called by several threads. */
  protected abstract Answer answer(Request request);

  /** Begins to listen; 0 takes a free port. */
  protected final void listen(int port) {
    try {
      HttpServer started =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 512);
      started.setExecutor(threads);
      started.createContext("/", this::handle);
      started.start();
      server = started;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on port " + port, e);
    }
  }

  public final URI uri() {
    if (server == null) {
      throw new IllegalStateException("not started");
    }
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Every request so far, in order of arrival. */
  public final List<Request> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  /** The next requests change nothing and get this status. */
  public final void failNext(int times, int status, Map<String, String> headers) {
    failNext(times, new Answer(status, headers, message(status)));
  }

  /** The next requests change nothing and get this answer. */
  public final void failNext(int times, Answer answer) {
    addNext(times, new Fault.Refuse(answer));
  }

  /** The next requests are treated well, whatever the standing fault. */
  public final void passNext(int times) {
    addNext(times, new Fault.None());
  }

  /** Every request changes nothing and gets this status, until {@link #recover}. */
  public final void fail(int status, Map<String, String> headers) {
    stand(new Fault.Refuse(new Answer(status, headers, message(status))));
  }

  /** The next requests make their change, and the connection is closed without an answer. */
  public final void loseAnswers(int times) {
    addNext(times, new Fault.LoseAnswer());
  }

  /** The next requests change nothing and are never answered. */
  public final void hangNext(int times) {
    addNext(times, new Fault.Hang());
  }

  /** No request changes anything or is answered, until {@link #recover}. */
  public final void hang() {
    stand(new Fault.Hang());
  }

  /** Every request makes its change and is answered late, until {@link #recover}. */
  public final void answerAfter(Duration delay) {
    stand(new Fault.Late(delay));
  }

  /** Every request makes its change and is answered byte by byte, until {@link #recover}. */
  public final void trickle(Duration betweenBytes) {
    stand(new Fault.Trickle(betweenBytes));
  }

  /** Every request suffers what this says of it, until {@link #recover}. */
  public final void faults(Function<Request, Fault> rule) {
    synchronized (next) {
      standing = rule;
    }
  }

  /** From now on each request is handed on with what became of it, and not remembered here. */
  public final void recordTo(Consumer<Exchange> history) {
    synchronized (requests) {
      this.history = history;
    }
  }

  /** Ends all faults; requests that hang are dropped. */
  public final void recover() {
    synchronized (next) {
      next.clear();
      standing = ALL_WELL;
      recovered.countDown();
      recovered = new CountDownLatch(1);
    }
  }

  @Override
  public final void close() {
    closed.countDown();
    recover();
    if (server != null) {
      server.stop(0);
    }
    threads.shutdownNow();
  }

  private void addNext(int times, Fault fault) {
    synchronized (next) {
      next.addAll(Collections.nCopies(times, fault));
    }
  }

  private void stand(Fault fault) {
    faults(_ -> fault);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Request request = remember(exchange, exchange.getRequestBody().readAllBytes());
      Fault fault;
      CountDownLatch until;
      synchronized (next) {
        Fault told = next.poll();
        fault = told == null ? standing.apply(request) : told;
        until = recovered;
      }
      suffer(exchange, request, fault, until);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void suffer(HttpExchange exchange, Request request, Fault fault, CountDownLatch until)
      throws IOException, InterruptedException {
    Answer answer =
        switch (fault) {
          case Fault.Refuse _, Fault.Hang _, Fault.Cut _ -> null;
          case Fault.None _, Fault.LoseAnswer _, Fault.Deny _, Fault.Late _, Fault.Trickle _ ->
              answer(request);
        };
    int sent = 0;
    try {
      sent =
          switch (fault) {
            case Fault.None _ -> send(exchange, answer);
            case Fault.Refuse refuse -> send(exchange, refuse.answer());
            case Fault.Deny deny -> send(exchange, deny.answer());
            case Fault.LoseAnswer _, Fault.Cut _ -> 0;
            case Fault.Hang _ -> {
              until.await();
              yield 0;
            }
            case Fault.Late late ->
                closed.await(late.by().toMillis(), TimeUnit.MILLISECONDS)
                    ? 0
                    : send(exchange, answer);
            case Fault.Trickle trickle ->
                trickle(exchange, answer == null ? 200 : answer.status(), trickle.between(), until);
          };
    } finally {
      record(new Exchange(request, fault, answer, sent, clock.instant()));
    }
  }

  private void record(Exchange exchange) {
    Consumer<Exchange> told;
    synchronized (requests) {
      told = history;
    }
    if (told != null) {
      told.accept(exchange);
    }
  }

  private Request remember(HttpExchange exchange, byte[] body) {
    Map<String, List<String>> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
    synchronized (requests) {
      Request request =
          new Request(
              ++arrived,
              clock.instant(),
              exchange.getRequestMethod(),
              exchange.getRequestURI(),
              headers,
              body);
      if (history == null) {
        requests.add(request);
      }
      return request;
    }
  }

  private static int send(HttpExchange exchange, @Nullable Answer answer) throws IOException {
    if (answer == null) {
      return 0;
    }
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    int length = answer.body().length;
    exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : length);
    if (length > 0) {
      exchange.getResponseBody().write(answer.body());
    }
    return answer.status();
  }

  private static int trickle(
      HttpExchange exchange, int status, Duration between, CountDownLatch until)
      throws IOException, InterruptedException {
    exchange.sendResponseHeaders(status == 204 ? 200 : status, 0);
    OutputStream body = exchange.getResponseBody();
    do {
      body.write(' ');
      body.flush();
    } while (!until.await(between.toMillis(), TimeUnit.MILLISECONDS));
    return status;
  }

  private static byte[] message(int status) {
    return ("{\"message\":\"scripted answer " + status + "\"}").getBytes(StandardCharsets.UTF_8);
  }
}
