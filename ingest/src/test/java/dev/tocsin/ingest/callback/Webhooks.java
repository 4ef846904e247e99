// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.callback;

import dev.tocsin.ingest.auth.Presented;
import dev.tocsin.ingest.body.LimitSettings;
import dev.tocsin.ingest.source.MessageReader;
import dev.tocsin.ingest.source.Unreadable;
import dev.tocsin.schemas.callback.Callback;
import dev.tocsin.schemas.callback.Change;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is made of vendors' messages, without HTTP. */
public final class Webhooks {

  static final Instant NOW = Instant.parse("2026-11-22T10:05:00Z");

  private Webhooks() {}

  /** Headers by name. */
  public record Shown(Map<String, String> headers) implements Presented {

    @Override
    public List<String> header(String name) {
      return headers.containsKey(name) ? List.of(headers.get(name)) : List.of();
    }

    @Override
    public @Nullable String query() {
      return null;
    }
  }

  public static List<Callback> read(Vendor vendor, Map<String, String> headers, byte[] body)
      throws Unreadable {
    return vendor.read(body, new MessageReader(LimitSettings.DEFAULT), new Shown(headers), NOW);
  }

  static List<Callback> read(Vendor vendor, Map<String, String> headers, String body) {
    try {
      return read(vendor, headers, body.getBytes(StandardCharsets.UTF_8));
    } catch (Unreadable e) {
      throw new AssertionError(e);
    }
  }

  /** A change in short: {@code assigned Ben}. */
  public static String inShort(Change change) {
    String more =
        switch (change) {
          case Change.Acknowledged _, Change.Reopened _ -> "";
          case Change.Resolved c -> c.status();
          case Change.Merged c -> c.into();
          case Change.Moved c -> c.status();
          case Change.Assigned c -> c.to();
          case Change.Noted c -> c.note() + ": " + c.text();
        };
    return (change.type() + ' ' + more).strip();
  }
}
