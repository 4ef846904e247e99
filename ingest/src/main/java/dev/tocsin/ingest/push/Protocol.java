// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.push;

import static dev.tocsin.ingest.refusal.RefusalReason.UNSUPPORTED_ENCODING;

import dev.tocsin.ingest.body.Incoming;
import dev.tocsin.ingest.refusal.Refusal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The versions of remote write, by the message they carry. */
public enum Protocol {
  /** {@code prometheus.WriteRequest}: labels in words. */
  V1("prometheus.WriteRequest"),
  /** {@code io.prometheus.write.v2.Request}: labels as numbers of words in a table. */
  V2("io.prometheus.write.v2.Request");

  private static final String PROTOBUF = "application/x-protobuf";

  private final String message;

  Protocol(String message) {
    this.message = message;
  }

  /** What the headers say. A sender that says nothing is an early one of version 1. */
  public static Protocol of(Incoming body) {
    String encoding = body.contentEncoding();
    if (encoding != null && !encoding.isBlank() && !encoding.strip().equalsIgnoreCase("snappy")) {
      throw new Refusal(
          UNSUPPORTED_ENCODING,
          "Content-Encoding '%s' is not read; send snappy (its block format)".formatted(encoding));
    }
    return named(body.contentType());
  }

  private static Protocol named(@Nullable String contentType) {
    String[] parts = (contentType == null ? PROTOBUF : contentType).split(";");
    if (parts[0].strip().toLowerCase(Locale.ROOT).equals(PROTOBUF)) {
      String given = V1.message;
      for (int i = 1; i < parts.length; i++) {
        String[] parameter = parts[i].split("=", 2);
        if (parameter.length == 2 && parameter[0].strip().equalsIgnoreCase("proto")) {
          given = parameter[1].strip().replace("\"", "");
        }
      }
      for (Protocol protocol : values()) {
        if (protocol.message.equals(given)) {
          return protocol;
        }
      }
    }
    throw new Refusal(
        UNSUPPORTED_ENCODING,
        "Content-Type '%s' is not read; send %s, with proto=%s or proto=%s"
            .formatted(contentType, PROTOBUF, V1.message, V2.message));
  }
}
