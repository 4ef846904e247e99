// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.seal;

import dev.tocsin.schemas.statement.Statement;
import dev.tocsin.schemas.topic.Json;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The hash of a statement, over its canonical JSON without the hash itself.
 *
 * <p>It is taken of the JSON and not of the record: a member that a later version adds is sealed
 * for earlier readers too.
 */
public final class Seal {

  private static final String HASH = "hash";

  /** Sorted members, no spaces; statements hold whole numbers and plain text only. */
  private static final JsonMapper CANONICAL =
      Json.MAPPER.rebuild().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private Seal() {}

  /** The same with the hash that belongs to it. */
  public static Statement on(Statement statement) {
    return statement.with(hash(members(Json.MAPPER.valueToTree(statement))));
  }

  /**
   * Whether bytes are a statement as it was sealed: in canonical form, to the byte, and with the
   * right hash.
   */
  public static boolean holds(byte[] json) {
    try {
      JsonNode tree = Json.MAPPER.readTree(json);
      if (!tree.isObject()) {
        return false;
      }
      Map<String, Object> members = members(tree);
      return Arrays.equals(CANONICAL.writeValueAsBytes(members), json)
          && hash(members).equals(members.get(HASH));
    } catch (JacksonException e) {
      return false;
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> members(JsonNode tree) {
    return CANONICAL.convertValue(tree, TreeMap.class);
  }

  private static String hash(Map<String, Object> members) {
    Map<String, Object> without = new TreeMap<>(members);
    without.remove(HASH);
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(CANONICAL.writeValueAsBytes(without)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
