// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.call;

import dev.tocsin.schemas.attempt.Reason;
import dev.tocsin.schemas.endpoint.AddressPolicy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls, each exactly once.
 *
 * <p>Whether a failed call was sent decides whether it may be repeated, so a link at the end of the
 * client's chain, behind the connect, notes that sending begins. The time limit is a timer that
 * cuts the connection: socket timeouts alone would let an endpoint that trickles hold us for ever.
 */
public final class HttpCalls implements AutoCloseable {

  private static final String SENDING = "tocsin.sending";

  /** Endpoints that hang hold one each, for as long as a call may take. */
  private static final int CONNECTIONS = 2048;

  /** To one host and port, which many subscribers may share. */
  static final int CONNECTIONS_EACH = 64;

  /** A kept connection is asked whether it still lives; beyond 30 s it is not kept. */
  private static final TimeValue ASKED_AFTER = TimeValue.ofMilliseconds(500);

  private static final TimeValue KEPT = TimeValue.ofSeconds(30);

  /** A line of an answer's head, and how many: the client itself would read on without end. */
  private static final Http1Config HEAD =
      Http1Config.custom().setMaxLineLength(16 << 10).setMaxHeaderCount(200).build();

  private final CallLimits limits;
  private final CloseableHttpClient client;
  private final ScheduledThreadPoolExecutor deadlines;

  private HttpCalls(CallLimits limits, DnsResolver names) {
    this.limits = limits;
    this.client = client(limits, names);
    this.deadlines =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("call-deadlines").factory());
    this.deadlines.setRemoveOnCancelPolicy(true);
  }

  /** To hosts that the operator named. */
  public static HttpCalls anywhere(CallLimits limits) {
    return new HttpCalls(limits, SystemDefaultDnsResolver.INSTANCE);
  }

  /** To hosts that somebody else named, as far as their addresses are allowed. */
  public static HttpCalls guarded(CallLimits limits, AddressPolicy policy) {
    return guarded(limits, policy, SystemDefaultDnsResolver.INSTANCE);
  }

  static HttpCalls guarded(CallLimits limits, AddressPolicy policy, DnsResolver names) {
    return new HttpCalls(limits, new GuardedNames(names, policy));
  }

  /** Throws nothing: whatever goes wrong is a reply. */
  public Reply make(Call call) {
    return make(call, limits.total());
  }

  /** As one of several calls of an attempt, which share its time. */
  public Reply make(Call call, Duration total) {
    HttpClientContext context = HttpClientContext.create();
    AtomicBoolean isLate = new AtomicBoolean();
    HttpUriRequestBase request = new HttpUriRequestBase(call.method(), call.uri());
    call.headers().forEach(request::setHeader);
    if (call.body().length > 0) {
      // The content type is a header of the call.
      request.setEntity(new ByteArrayEntity(call.body(), (ContentType) null));
    }
    Future<?> deadline =
        deadlines.schedule(
            () -> {
              isLate.set(true);
              request.cancel();
            },
            total.toMillis(),
            TimeUnit.MILLISECONDS);
    try {
      HttpHost host = RoutingSupport.determineHost(request);
      Reply reply = answered(client.executeOpen(host, request, context));
      // Cuts the connection, unless the body ended and it is back in the pool. Closing the response
      // would read an endless body to its end first.
      request.cancel();
      return reply;
    } catch (ConnectionRequestTimeoutException e) {
      // Others hold all connections there may be: no fault of this endpoint.
      return new Reply.NotSent(Reason.NOT_STARTED, "no connection was free");
    } catch (GuardedNames.ForbiddenAddress e) {
      return new Reply.NotSent(Reason.FORBIDDEN_ADDRESS, String.valueOf(e.getMessage()));
    } catch (IOException | HttpException | RuntimeException e) {
      boolean wasSending = context.getAttribute(SENDING) != null;
      return unanswered(wasSending, isLate.get() || e instanceof InterruptedIOException, e, total);
    } finally {
      deadline.cancel(false);
    }
  }

  @Override
  public void close() {
    deadlines.shutdownNow();
    client.close(CloseMode.IMMEDIATE);
  }

  private Reply answered(ClassicHttpResponse response) {
    Map<String, String> headers = new HashMap<>();
    for (Header header : response.getHeaders()) {
      headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), header.getValue());
    }
    return new Reply.Answered(response.getCode(), headers, body(response.getEntity()));
  }

  /** As much as comes in time and fits: the status is already an answer. */
  private byte[] body(@Nullable HttpEntity entity) {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    if (entity == null) {
      return read.toByteArray();
    }
    byte[] buffer = new byte[4096];
    try {
      InputStream body = entity.getContent();
      while (read.size() < limits.mostBytes()) {
        int n = body.read(buffer, 0, Math.min(buffer.length, limits.mostBytes() - read.size()));
        if (n < 0) {
          break;
        }
        read.write(buffer, 0, n);
      }
    } catch (IOException e) {
      return read.toByteArray();
    }
    return read.toByteArray();
  }

  private static Reply unanswered(boolean wasSending, boolean isLate, Exception e, Duration total) {
    String detail = e.getClass().getSimpleName() + ": " + e.getMessage();
    if (!wasSending) {
      return new Reply.NotSent(Reason.UNREACHABLE, detail);
    }
    if (isLate) {
      return new Reply.Lost(Reason.TIMEOUT, "no answer within " + total);
    }
    return new Reply.Lost(Reason.BROKEN_OFF, detail);
  }

  private static CloseableHttpClient client(CallLimits limits, DnsResolver names) {
    Timeout connect = Timeout.of(limits.connect());
    Timeout total = Timeout.of(limits.total());
    return HttpClients.custom()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(names)
                .setConnectionFactory(
                    ManagedHttpClientConnectionFactory.builder().http1Config(HEAD).build())
                .setMaxConnTotal(CONNECTIONS)
                .setMaxConnPerRoute(CONNECTIONS_EACH)
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(connect)
                        .setSocketTimeout(total)
                        .setValidateAfterInactivity(ASKED_AFTER)
                        .setTimeToLive(KEPT)
                        .build())
                .setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(connect).build())
                .build())
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(connect)
                .setResponseTimeout(total)
                .setProtocolUpgradeEnabled(false)
                .build())
        .addExecInterceptorLast(
            "note-sending",
            (request, scope, chain) -> {
              scope.clientContext.setAttribute(SENDING, Boolean.TRUE);
              return chain.proceed(request, scope);
            })
        .setUserAgent("Tocsin")
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableContentCompression()
        .disableCookieManagement()
        .disableAuthCaching()
        .build();
  }
}
