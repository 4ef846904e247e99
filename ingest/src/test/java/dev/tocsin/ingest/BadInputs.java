// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tocsin.schemas.endpoint.Hops;
import dev.tocsin.testkit.alert.SampleAlerts;
import dev.tocsin.testkit.alert.SampleMessages;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Builds the inputs of {@code bad-inputs.csv}, by the name in its third column. */
final class BadInputs {

  static final String SIGNATURE = "X-Grafana-Alerting-Signature";
  static final String TIME = "X-Time";
  private static final Map<String, List<String>> TOKEN =
      Map.of("Authorization", List.of("Bearer let-me-in"));
  private static final String GOOD = SampleMessages.grafana(SampleAlerts.API_DOWN);
  private static final long NOW = Readers.NOW.getEpochSecond();

  private BadInputs() {}

  /** A request as it would come. */
  record Input(
      String source,
      Map<String, List<String>> headers,
      @Nullable String query,
      @Nullable String contentEncoding,
      byte[] body,
      String contentType)
      implements Posted {

    Input(
        String source,
        Map<String, List<String>> headers,
        @Nullable String query,
        @Nullable String contentEncoding,
        byte[] body) {
      this(source, headers, query, contentEncoding, body, "application/json");
    }

    @Override
    public List<String> header(String name) {
      return headers.getOrDefault(name, List.of());
    }

    @Override
    public String address() {
      return "192.0.2.7";
    }

    @Override
    public long contentLength() {
      return body.length;
    }

    @Override
    public InputStream stream() {
      return new ByteArrayInputStream(body);
    }
  }

  static Input build(String name) {
    return switch (name) {
      case "too-large" -> body(" ".repeat((4 << 20) + 1));
      case "endless-string" -> body(longString(100 << 20));
      case "own-event" ->
          body("{\"specversion\":\"1.0\",\"type\":\"dev.tocsin.incident.opened\",\"data\":{}}");
      case "own-webhook" ->
          new Input(
              "grafana", Map.of(Hops.HEADER, List.of(Hops.ONE)), null, null, GOOD.getBytes(UTF_8));
      case "gzip-bomb" -> encoded("gzip", gzip(new byte[64 << 20]));
      case "gzip-bomb-of-a-gigabyte" -> encoded("gzip", gigabyte());
      case "gzip-twice" -> encoded("gzip, gzip", gzip(gzip(GOOD.getBytes(UTF_8))));
      case "gzip-cut" -> encoded("gzip", Arrays.copyOf(gzip(GOOD.getBytes(UTF_8)), 60));
      case "brotli", "deflate", "zstd" ->
          encoded(name.equals("brotli") ? "br" : name, new byte[] {1, 2, 3});
      case "utf-16" -> body(GOOD.getBytes(StandardCharsets.UTF_16BE));
      case "utf-16-le" -> body(GOOD.getBytes(StandardCharsets.UTF_16LE));
      case "utf-16-marked" -> body(GOOD.getBytes(StandardCharsets.UTF_16));
      case "bom" -> body('\ufeff' + GOOD);
      case "overlong-utf-8" ->
          body(label("a", "b").replace('b', '\u00c0').getBytes(StandardCharsets.ISO_8859_1));
      case "surrogate-bytes" ->
          body(label("a", "\u00ed\u00a0\u0080").getBytes(StandardCharsets.ISO_8859_1));
      case "lone-surrogate" -> body(label("a", "\\ud800"));
      case "empty" -> body("");
      case "text-plain" -> text("grafana");
      case "text-elsewhere" -> text("alertmanager");
      case "climbing-path" -> new Input("../admin", TOKEN, null, null, GOOD.getBytes(UTF_8));
      case "no-signature" -> signed("signed", Map.of());
      case "foreign-signature" -> signed("signed", stamped(hmac("other", "" + NOW), "" + NOW));
      case "upper-case-signature" ->
          signed("signed", stamped(hmac("secret", "" + NOW).toUpperCase(Locale.ROOT), "" + NOW));
      case "prefixed-signature" ->
          signed("signed", stamped("sha256=" + hmac("secret", "" + NOW), "" + NOW));
      case "old-signature" -> stampedAt("" + (NOW - 301));
      case "early-signature" -> stampedAt("" + (NOW + 301));
      case "signature-of-its-last-second" -> stampedAt("" + (NOW - 300));
      case "time-exponent" -> stampedAt("1e9");
      case "time-negative" -> stampedAt("-1");
      case "time-millis" -> stampedAt(NOW + "000");
      case "time-space" -> stampedAt(" " + NOW);
      case "two-signatures" ->
          signed(
              "signed",
              Map.of(
                  SIGNATURE,
                  List.of(hmac("secret", "" + NOW), hmac("secret", "" + NOW)),
                  TIME,
                  List.of("" + NOW)));
      case "changed-body" ->
          new Input(
              "signed",
              stamped(hmac("secret", "" + NOW), "" + NOW),
              null,
              null,
              (GOOD + ' ').getBytes(UTF_8));
      case "token-in-query" ->
          new Input("grafana", TOKEN, "token=let-me-in", null, GOOD.getBytes(UTF_8));
      case "disabled" -> signed("off", Map.of(SIGNATURE, List.of(hmac("secret", null))));
      case "deep" -> body("[".repeat(10_000) + "]".repeat(10_000));
      case "many-keys" -> body(keys(i -> "k" + i, 150_000));
      case "million-keys" -> body(keys(i -> "k" + i, 1_000_000));
      case "colliding-keys" -> body(keys(BadInputs::colliding, 50_000));
      case "duplicate-keys" ->
          body("{\"status\":\"firing\",\"status\":\"resolved\",\"alerts\":[]}");
      case "huge-exponent" -> body(alert("\"labels\":{\"a\":\"b\"},\"values\":{\"A\":1e400}"));
      case "long-number" ->
          body(alert("\"labels\":{\"a\":\"b\"},\"values\":{\"A\":" + "9".repeat(10_000) + "}"));
      case "nan" -> body(alert("\"labels\":{\"a\":\"b\"},\"values\":{\"A\":NaN}"));
      case "minus-zero" -> body(alert("\"labels\":{\"a\":\"b\"},\"values\":{\"A\":-0.0}"));
      case "long-key" -> body("{\"" + "k".repeat(1 << 20) + "\":1}");
      case "two-documents" -> body(GOOD + GOOD);
      case "trailing-words" -> body(GOOD + " and more");
      case "comment" -> body("/* hello */ " + GOOD);
      case "single-quotes" -> body(GOOD.replace('"', '\''));
      case "null-alerts" -> body("{\"status\":\"firing\",\"alerts\":null}");
      case "object-alerts" -> body("{\"status\":\"firing\",\"alerts\":{\"labels\":{}}}");
      case "nulls" -> body("{\"status\":\"firing\",\"alerts\":[null,null]}");
      case "type-names" ->
          body(
              label("@class", "javax.script.ScriptEngineManager")
                  .replace("\"status\"", "\"__proto__\":{\"@type\":\"x\"},\"status\""));
      case "thousand" -> body(alerts(1000));
      case "year-one" -> started("0001-01-01T00:00:00Z");
      case "year-9999" -> started("9999-12-31T23:59:59Z");
      case "no-start" -> body(label("a", "b"));
      case "no-zone" -> started("2026-11-22 10:00:00");
      case "end-before-start" ->
          body(
              alert(
                  "\"labels\":{\"a\":\"b\"},\"startsAt\":\"2026-11-22T10:00:00Z\",\"endsAt\":\"2026-11-22T09:00:00Z\""));
      case "long-label" -> body(label("a", "x".repeat(64 << 10)));
      case "many-labels" ->
          body(alert("\"labels\":" + keys(i -> "l" + i, 500).replace(":1", ":\"v\"")));
      case "odd-label-names" ->
          body(
              alert(
                  "\"labels\":{\"a.b\":\"1\",\"\\\"q\\\"\":\"2\",\"n\\n\":\"3\",\"z\\u0000\":\"4\",\"\ud83d\ude80\":\"5\",\"\\u202e\":\"6\"}"));
      case "severity-space" -> body(label("severity", "critical "));
      case "severity-capital" -> body(label("severity", "Critical"));
      case "severity-p1" -> body(label("severity", "P1"));
      case "severity-number" -> body(alert("\"labels\":{\"a\":\"b\",\"severity\":1}"));
      case "severity-invented" -> body(label("severity", "purple"));
      case "severity-missing" -> body(label("alertname", "Unsaid"));
      case "truncated" -> body(SampleMessages.grafanaTruncated(3, SampleAlerts.API_DOWN));
      case "test" -> body(SampleMessages.grafanaTest());
      case "script-link" ->
          body(alert("\"labels\":{\"a\":\"b\"},\"generatorURL\":\"javascript:alert(1)\""));
      case "inner-link" ->
          body(alert("\"labels\":{\"a\":\"b\"},\"generatorURL\":\"http://169.254.169.254/x\""));
      case "path-name" -> body(label("alertname", "../../etc/passwd"));
      case "device-name" -> body(label("alertname", "CON"));
      default -> throw new IllegalArgumentException("no builder " + name);
    };
  }

  private static Input text(String source) {
    return new Input(source, TOKEN, null, null, GOOD.getBytes(UTF_8), "text/plain; charset=utf-8");
  }

  /** A megabyte of gzip that would be a gigabyte: the same piece over and over. */
  private static byte[] gigabyte() {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    ByteArrayOutputStream out = new ByteArrayOutputStream(2 << 20);
    out.writeBytes(HexFormat.of().parseHex("1f8b08000000000000ff"));
    byte[] piece = new byte[4096];
    deflater.setInput(new byte[1 << 20]);
    int length = deflater.deflate(piece, 0, piece.length, Deflater.FULL_FLUSH);
    deflater.end();
    for (int i = 0; i < 1024; i++) {
      out.write(piece, 0, length);
    }
    return out.toByteArray();
  }

  private static byte[] longString(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 'x');
    bytes[0] = '"';
    bytes[length - 1] = '"';
    return bytes;
  }

  private static Input body(String body) {
    return body(body.getBytes(UTF_8));
  }

  private static Input body(byte[] body) {
    return new Input("grafana", TOKEN, null, null, body);
  }

  private static Input encoded(String encoding, byte[] body) {
    return new Input("grafana", TOKEN, null, encoding, body);
  }

  private static Input signed(String source, Map<String, List<String>> headers) {
    return new Input(source, headers, null, null, GOOD.getBytes(UTF_8));
  }

  /** Signed as it is stamped, so that only the stamp can be wrong. */
  private static Input stampedAt(String time) {
    return signed("signed", stamped(hmac("secret", time), time));
  }

  private static Map<String, List<String>> stamped(String signature, String time) {
    return Map.of(SIGNATURE, List.of(signature), TIME, List.of(time));
  }

  /** Of the good body, with its time before it where there is one. */
  private static String hmac(String secret, @Nullable String time) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
      String signed = time == null ? GOOD : time + ":" + GOOD;
      return HexFormat.of().formatHex(mac.doFinal(signed.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Input started(String startsAt) {
    return body(alert("\"labels\":{\"a\":\"b\"},\"startsAt\":\"" + startsAt + '"'));
  }

  private static String label(String name, String value) {
    return alert("\"labels\":{\"" + name + "\":\"" + value + "\"}");
  }

  private static String alert(String members) {
    return "{\"status\":\"firing\",\"version\":\"1\",\"alerts\":[{\"status\":\"firing\","
        + members
        + "}]}";
  }

  private static String alerts(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "{\"status\":\"firing\",\"labels\":{\"alertname\":\"a" + i + "\"}}")
        .collect(Collectors.joining(",", "{\"status\":\"firing\",\"alerts\":[", "]}"));
  }

  private static String keys(java.util.function.IntFunction<String> name, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> '"' + name.apply(i) + "\":1")
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** "Aa" and "BB" have one hash, and so have all words made of them. */
  private static String colliding(int number) {
    StringBuilder word = new StringBuilder();
    for (int bit = 0; bit < 17; bit++) {
      word.append((number >> bit & 1) == 0 ? "Aa" : "BB");
    }
    return word.toString();
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
