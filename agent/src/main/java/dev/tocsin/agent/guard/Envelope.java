// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.guard;

import dev.tocsin.schemas.Cut;
import dev.tocsin.schemas.context.Evidence;
import dev.tocsin.schemas.topic.Json;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * Wraps what telemetry says for a model: as one line of JSON, typed and size-capped, between two
 * marks that nobody outside could have known.
 *
 * @param nonce unpredictable, and new for each investigation
 */
public record Envelope(String nonce) {

  /** Longest text of one piece of evidence that a model is shown. */
  public static final int LONGEST_TEXT = 4_000;

  private static final int LONGEST_LINE = 300;
  private static final int LONGEST_NOTHING = 500;

  /** Chat template tokens, which some servers take for the end of data. */
  private static final Pattern TEMPLATE_TOKEN =
      Pattern.compile("<\\|[^|>]{0,40}\\|>|\\[/?INST]|<</?SYS>>|</?s>");

  /** Evidence as data. */
  public String around(Evidence evidence) {
    ObjectNode data = Json.MAPPER.createObjectNode();
    data.put("kind", "evidence");
    data.put("id", evidence.id());
    data.put("source", evidence.source());
    data.put("title", cut(evidence.title(), LONGEST_LINE));
    data.put("at", evidence.at().toString());
    data.put("query", cut(evidence.query(), LONGEST_LINE));
    data.put("text", cut(evidence.text(), LONGEST_TEXT));
    data.put("truncated", evidence.text().length() > LONGEST_TEXT);
    return "DATA-" + nonce + ' ' + data + " END-" + nonce;
  }

  /** Words on why there is no evidence, some of them those of whoever was asked. */
  public String aroundNothing(String why) {
    ObjectNode data = Json.MAPPER.createObjectNode();
    data.put("kind", "nothing");
    data.put("text", cut(why, LONGEST_NOTHING));
    return "DATA-" + nonce + ' ' + data + " END-" + nonce;
  }

  private String cut(String text, int most) {
    String plain =
        TEMPLATE_TOKEN.matcher(PlainText.visible(text)).replaceAll("[token]").replace(nonce, "");
    return Cut.to(most, plain);
  }
}
