// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.ingest.refusal.Refusal;
import dev.tocsin.ingest.refusal.RefusalReason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyReaderTest {

  private static final int LIMIT = 4 << 20;
  private static final byte[] JSON = "{\"alerts\":[]}".getBytes(StandardCharsets.UTF_8);

  private final BodyReader reader = new BodyReader(LimitSettings.DEFAULT);

  @Test
  void bodyAtTheLimit_isReadAndOneByteMoreIsNot() {
    assertThat(reader.read(plain(new byte[LIMIT]))).hasSize(LIMIT);
    assertRefused(plain(new byte[LIMIT + 1]), RefusalReason.TOO_LARGE);
  }

  @Test
  @Tag("bad-input-3")
  void bodyWithoutEnd_isCutAtTheLimit() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }
        };

    assertRefused(body(endless, -1, null, null), RefusalReason.TOO_LARGE);
  }

  @Test
  void announcedLengthBeyondTheLimit_isRefusedUnread() {
    InputStream unread =
        new InputStream() {
          @Override
          public int read() {
            throw new AssertionError("read");
          }
        };

    assertRefused(body(unread, LIMIT + 1L, null, null), RefusalReason.TOO_LARGE);
  }

  @Test
  void gzip_isInflated() throws IOException {
    assertThat(unpacked(gzip(JSON))).isEqualTo(JSON);
  }

  @Test
  void gzipBomb_isRefused() throws IOException {
    assertRefusedInside(gzip(new byte[LIMIT]), RefusalReason.TOO_LARGE);
  }

  @Test
  void gzipCutShort_isRefused() throws IOException {
    byte[] whole = gzip(JSON);

    assertRefusedInside(Arrays.copyOf(whole, whole.length - 9), RefusalReason.MALFORMED);
    assertRefusedInside(JSON, RefusalReason.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip, gzip", "gzip,gzip", "deflate", "br", "zstd"})
  @Tag("bad-input-5-7")
  void otherEncodings_areRefused(String encoding) {
    assertRefused(
        body(new ByteArrayInputStream(JSON), -1, encoding, null),
        RefusalReason.UNSUPPORTED_ENCODING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json; charset=utf-16",
        "text/plain;charset=\"ISO-8859-1\"",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x"
      })
  void otherContentTypes_areRefused(String contentType) {
    assertRefused(
        body(new ByteArrayInputStream(JSON), -1, null, contentType),
        RefusalReason.UNSUPPORTED_ENCODING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/json; charset=UTF-8",
        "text/plain",
        "application/text"
      })
  @Tag("bad-input-12")
  void jsonUnderTheseContentTypes_isRead(String contentType) {
    assertThat(reader.read(body(new ByteArrayInputStream(JSON), -1, null, contentType)))
        .isEqualTo(JSON);
  }

  @Test
  void byteOrderMark_isTakenAway() {
    byte[] marked = "\ufeff{}".getBytes(StandardCharsets.UTF_8);

    assertThat(reader.unpack(plain(marked), marked))
        .isEqualTo("{}".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  @Tag("bad-input-8")
  void sixteenBitText_isRefused() {
    for (var charset :
        new java.nio.charset.Charset[] {
          StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE
        }) {
      byte[] text = "{}".getBytes(charset);
      assertThatThrownBy(() -> reader.unpack(plain(text), text))
          .isInstanceOfSatisfying(
              Refusal.class,
              r -> assertThat(r.reason()).isEqualTo(RefusalReason.UNSUPPORTED_ENCODING));
    }
  }

  @Test
  void emptyBody_isRefused() {
    assertRefused(plain(new byte[0]), RefusalReason.MALFORMED);
  }

  @Test
  @Tag("bad-input-2")
  void bodyThatStopsComing_isTooSlow() {
    InputStream stalled =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException(new SocketTimeoutException());
          }
        };

    assertRefused(body(stalled, 10, null, null), RefusalReason.TOO_SLOW);
  }

  private byte[] unpacked(byte[] compressed) {
    Incoming body = body(new ByteArrayInputStream(compressed), compressed.length, "gzip", null);
    return reader.unpack(body, reader.read(body));
  }

  private void assertRefused(Incoming body, RefusalReason reason) {
    assertThatThrownBy(() -> reader.read(body))
        .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.reason()).isEqualTo(reason));
  }

  private void assertRefusedInside(byte[] compressed, RefusalReason reason) {
    assertThatThrownBy(() -> unpacked(compressed))
        .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.reason()).isEqualTo(reason));
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static Incoming plain(byte[] bytes) {
    return body(new ByteArrayInputStream(bytes), -1, null, "application/json");
  }

  private static Incoming body(
      InputStream stream, long length, @Nullable String encoding, @Nullable String type) {
    return new Incoming() {
      @Override
      public @Nullable String contentType() {
        return type;
      }

      @Override
      public @Nullable String contentEncoding() {
        return encoding;
      }

      @Override
      public long contentLength() {
        return length;
      }

      @Override
      public InputStream stream() {
        return stream;
      }
    };
  }
}
