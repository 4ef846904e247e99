// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.receiver;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One request as it arrived.
 *
 * @param number from 1, in order of arrival
 * @param headers names in lower case
 */
public record Request(
    int number,
    Instant at,
    String method,
    URI uri,
    Map<String, List<String>> headers,
    byte[] body) {

  private static final JsonMapper JSON = JsonMapper.shared();

  public String path() {
    return uri.getPath();
  }

  /** The first header of that name, or null. */
  public @Nullable String header(String name) {
    List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
    return values == null || values.isEmpty() ? null : values.getFirst();
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Throws a {@code JacksonException} when the body is not JSON. */
  public JsonNode json() {
    return JSON.readTree(body);
  }

  /** Query parameters in order; several of one name stay several. */
  public Map<String, List<String>> query() {
    String raw = uri.getRawQuery();
    return pairs(raw == null ? "" : raw);
  }

  /** Fields of a form in the body, as {@link #query}. */
  public Map<String, List<String>> form() {
    return pairs(text());
  }

  private static Map<String, List<String>> pairs(String raw) {
    Map<String, List<String>> pairs = new LinkedHashMap<>();
    if (raw.isEmpty()) {
      return pairs;
    }
    for (String pair : raw.split("&")) {
      int at = pair.indexOf('=');
      String name = at < 0 ? pair : pair.substring(0, at);
      String value = at < 0 ? "" : pair.substring(at + 1);
      pairs.computeIfAbsent(decode(name), n -> new ArrayList<>()).add(decode(value));
    }
    return pairs;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
