// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.callback;

import dev.tocsin.ingest.source.Text;
import dev.tocsin.ingest.source.Times;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Members of a vendor's JSON, safe to keep; what is missing, null or of another kind is empty. */
public final class Fields {

  private static final int LONGEST_TEXT = 10_000;

  private Fields() {}

  public static JsonNode of(@Nullable JsonNode node) {
    return node == null ? MissingNode.getInstance() : node;
  }

  /** A name or a title, in one line. */
  public static String line(JsonNode node) {
    return Text.line(Text.whole(node.asString("")));
  }

  /** What somebody wrote. */
  public static String text(JsonNode node) {
    return Text.cut(Text.whole(node.asString("")).strip(), LONGEST_TEXT);
  }

  /** When it happened; when we were told, if that cannot be read. */
  public static Instant time(JsonNode node, Instant receivedAt) {
    Instant time = Times.read(node.asString(""), receivedAt);
    return time == null ? receivedAt : time;
  }
}
