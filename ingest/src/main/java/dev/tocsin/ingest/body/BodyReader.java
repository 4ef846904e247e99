// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.body;

import static dev.tocsin.ingest.refusal.RefusalReason.MALFORMED;
import static dev.tocsin.ingest.refusal.RefusalReason.TOO_LARGE;
import static dev.tocsin.ingest.refusal.RefusalReason.TOO_SLOW;
import static dev.tocsin.ingest.refusal.RefusalReason.UNSUPPORTED_ENCODING;

import dev.tocsin.ingest.refusal.Refusal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Reads bodies as a stream, and stops at the first byte too many. */
public final class BodyReader implements Bodies {

  /** Small bodies of one repeated line compress very well; only large ones are bombs. */
  private static final int RATIO_COUNTS_FROM = 256 * 1024;

  private static final int PIECE = 16 * 1024;

  private static final String FEWER_ALERTS =
      "Send fewer alerts in one message (max_alerts, group_by)";

  private final LimitSettings limits;

  public BodyReader(LimitSettings limits) {
    this.limits = limits;
  }

  @Override
  public long weight(Incoming body) {
    long most = limits.body().toBytes();
    long announced = body.contentLength();
    if (announced < 0) {
      return most;
    }
    long inflated = isCompressed(body.contentEncoding()) ? announced * limits.ratio() : announced;
    return Math.min(inflated, most);
  }

  @Override
  public byte[] read(Incoming body) {
    refuseForms(body.contentType());
    return readForm(body);
  }

  /** The same of a form, or of any other text. */
  public byte[] readForm(Incoming body) {
    boolean compressed = isCompressed(body.contentEncoding());
    refuseOtherCharsets(body.contentType());
    long limit = (compressed ? limits.compressed() : limits.body()).toBytes();
    if (body.contentLength() > limit) {
      throw tooLarge("the body", body.contentLength() + " bytes", limit, FEWER_ALERTS);
    }
    try (InputStream stream = body.stream()) {
      byte[] bytes = upTo(limit, stream, "the body", FEWER_ALERTS);
      if (bytes.length == 0) {
        throw new Refusal(
            MALFORMED, "the body is empty; a custom payload template may have rendered to nothing");
      }
      return bytes;
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /**
   * The bytes as they came of a body that is no text.
   *
   * @param most of them
   * @param fewer how a sender sends less at a time
   */
  public byte[] readBinary(Incoming body, DataSize most, String fewer) {
    if (body.contentLength() > most.toBytes()) {
      throw tooLarge("the body", body.contentLength() + " bytes", most.toBytes(), fewer);
    }
    try (InputStream stream = body.stream()) {
      return upTo(most.toBytes(), stream, "the body", fewer);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** The text inside: inflated, without a byte order mark, UTF-8 as far as can be seen. */
  public byte[] unpack(Incoming body, byte[] bytes) {
    byte[] text = isCompressed(body.contentEncoding()) ? inflate(bytes) : bytes;
    if (isSixteenBit(text)) {
      throw new Refusal(UNSUPPORTED_ENCODING, "the body is UTF-16 or UTF-32; send UTF-8");
    }
    return startsWith(text, 0xef, 0xbb, 0xbf) ? Arrays.copyOfRange(text, 3, text.length) : text;
  }

  private byte[] inflate(byte[] compressed) {
    long byRatio = Math.max(RATIO_COUNTS_FROM, (long) compressed.length * limits.ratio());
    long limit = Math.min(limits.body().toBytes(), byRatio);
    try (InputStream gzip = new GZIPInputStream(new ByteArrayInputStream(compressed), PIECE)) {
      return upTo(limit, gzip, "the inflated body", FEWER_ALERTS);
    } catch (IOException e) {
      throw new Refusal(MALFORMED, "the body is not whole gzip: " + e.getMessage());
    }
  }

  private byte[] upTo(long limit, InputStream stream, String what, String fewer)
      throws IOException {
    // A single byte may take longer: the server sees to that (server.tomcat.connection-timeout).
    long end = System.nanoTime() + limits.within().toNanos();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(PIECE);
    byte[] piece = new byte[PIECE];
    for (int n = stream.read(piece); n >= 0; n = stream.read(piece)) {
      bytes.write(piece, 0, n);
      if (bytes.size() > limit) {
        throw tooLarge(what, "more", limit, fewer);
      }
      if (System.nanoTime() > end) {
        throw new Refusal(TOO_SLOW, "the body took longer than " + limits.within());
      }
    }
    return bytes.toByteArray();
  }

  private static boolean isCompressed(@Nullable String encoding) {
    String name = encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT);
    return switch (name) {
      case "", "identity" -> false;
      case "gzip", "x-gzip" -> true;
      default ->
          throw new Refusal(
              UNSUPPORTED_ENCODING,
              "Content-Encoding '%s' is not read; send gzip (once) or none".formatted(encoding));
    };
  }

  /** The media type itself is not looked at where senders choose it freely; forms are not JSON. */
  private static void refuseForms(@Nullable String contentType) {
    String type = normalized(contentType);
    if (type.startsWith("multipart/") || type.startsWith("application/x-www-form-urlencoded")) {
      throw new Refusal(
          UNSUPPORTED_ENCODING,
          "Content-Type '%s' is a form; send JSON as application/json".formatted(contentType));
    }
  }

  private static void refuseOtherCharsets(@Nullable String contentType) {
    String type = normalized(contentType);
    int charset = type.indexOf("charset=");
    if (charset >= 0) {
      String name = type.substring(charset + "charset=".length()).split("[;\\s]", 2)[0];
      if (!name.equals("utf-8") && !name.equals("utf8") && !name.equals("us-ascii")) {
        throw new Refusal(
            UNSUPPORTED_ENCODING, "charset '%s' is not read; send UTF-8".formatted(name));
      }
    }
  }

  private static String normalized(@Nullable String contentType) {
    return contentType == null ? "" : contentType.toLowerCase(Locale.ROOT).replace("\"", "");
  }

  /** JSON begins with ASCII, which has a zero beside it in any wider encoding. */
  private static boolean isSixteenBit(byte[] text) {
    return startsWith(text, 0xfe, 0xff)
        || startsWith(text, 0xff, 0xfe)
        || text.length >= 2 && (text[0] == 0 || text[1] == 0);
  }

  private static boolean startsWith(byte[] text, int... first) {
    if (text.length < first.length) {
      return false;
    }
    for (int i = 0; i < first.length; i++) {
      if ((text[i] & 0xff) != first[i]) {
        return false;
      }
    }
    return true;
  }

  private static Refusal tooLarge(String what, String given, long limit, String fewer) {
    return new Refusal(
        TOO_LARGE,
        "%s is larger than the limit: has %s, and %d bytes are read. %s"
            .formatted(what, given, limit, fewer));
  }

  private static Refusal broken(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException) {
        return new Refusal(TOO_SLOW, "the body stopped coming before its end");
      }
    }
    return new Refusal(MALFORMED, "the body ended before its announced length");
  }
}
