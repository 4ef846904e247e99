// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.llm;

import dev.tocsin.agent.metrics.AgentMetrics.Call;
import dev.tocsin.agent.tool.Tool;
import java.time.Duration;
import java.util.List;

/** A language model that is asked, and answers with words or with calls of tools. */
public interface Model {

  /** As it is configured. */
  String name();

  /** Its answer, within a time; when that is over, it is cut off. */
  Reply ask(Question question, Duration within) throws Failure, InterruptedException;

  /**
   * All that was said so far, and what may be called.
   *
   * @param tools empty when the answer has to be words
   */
  record Question(List<Turn> turns, List<Tool> tools) {

    /** How long it is, roughly. */
    public long letters() {
      return turns.stream().mapToLong(Turn::letters).sum();
    }
  }

  /** Something said in a conversation. */
  sealed interface Turn {

    /** By us, about how to work. */
    record Rules(String text) implements Turn {}

    /** By us, about the matter. */
    record Matter(String text) implements Turn {}

    /** By the model. */
    record Said(Reply reply) implements Turn {}

    /** What came of a call. */
    record Came(ToolCall of, String text) implements Turn {}

    default long letters() {
      return switch (this) {
        case Rules rules -> rules.text().length();
        case Matter matter -> matter.text().length();
        case Said said -> said.reply().letters();
        case Came came -> came.text().length();
      };
    }
  }

  /**
   * @param tokens of question and answer together; 0 when it did not say
   */
  record Reply(String text, List<ToolCall> calls, long tokens) {

    public long letters() {
      return text.length() + calls.stream().mapToLong(c -> c.arguments().length()).sum();
    }
  }

  /**
   * A wish of the model.
   *
   * @param arguments JSON, or not
   */
  record ToolCall(String id, String name, String arguments) {}

  /** It did not answer. */
  final class Failure extends Exception {

    private final Call outcome;

    Failure(Call outcome, String message) {
      super(message);
      this.outcome = outcome;
    }

    public Call outcome() {
      return outcome;
    }
  }
}
