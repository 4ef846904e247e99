// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import static dev.tocsin.ingest.refusal.RefusalReason.HEADERS_TOO_LARGE;

import dev.tocsin.ingest.refusal.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A servlet's request, as the intake wants it. */
final class ServletMessage implements Posted {

  private static final int MOST_HEADERS = 100;

  private final HttpServletRequest request;

  /** Refuses more header than {@code longest}; the server itself reads a few times as much. */
  ServletMessage(HttpServletRequest request, long longest) {
    this.request = request;
    long length = 0;
    int count = 0;
    for (String name : Collections.list(request.getHeaderNames())) {
      for (String value : header(name)) {
        length += name.length() + value.length();
        count++;
      }
    }
    if (count > MOST_HEADERS) {
      throw new Refusal(
          HEADERS_TOO_LARGE,
          "there are %d headers, and %d are read".formatted(count, MOST_HEADERS));
    }
    if (length > longest) {
      throw new Refusal(
          HEADERS_TOO_LARGE,
          "the headers have %d characters, and %d are read".formatted(length, longest));
    }
  }

  @Override
  public List<String> header(String name) {
    return Collections.list(request.getHeaders(name));
  }

  @Override
  public String address() {
    return request.getRemoteAddr();
  }

  @Override
  public @Nullable String query() {
    return request.getQueryString();
  }

  @Override
  public @Nullable String contentType() {
    return request.getContentType();
  }

  @Override
  public @Nullable String contentEncoding() {
    List<String> all = header("Content-Encoding");
    return all.isEmpty() ? null : String.join(",", all);
  }

  @Override
  public long contentLength() {
    return request.getContentLengthLong();
  }

  @Override
  public InputStream stream() throws IOException {
    return request.getInputStream();
  }
}
