// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.investigation;

import dev.tocsin.agent.evidence.EvidenceFile;
import dev.tocsin.agent.guard.Budget;
import dev.tocsin.agent.guard.Envelope;
import dev.tocsin.agent.guard.Masker;
import dev.tocsin.agent.guard.PlainText;
import dev.tocsin.agent.llm.Model;
import dev.tocsin.agent.llm.Model.Failure;
import dev.tocsin.agent.llm.Model.Question;
import dev.tocsin.agent.llm.Model.Reply;
import dev.tocsin.agent.llm.Model.ToolCall;
import dev.tocsin.agent.llm.Model.Turn;
import dev.tocsin.agent.metrics.AgentMetrics;
import dev.tocsin.agent.metrics.AgentMetrics.Call;
import dev.tocsin.agent.tool.Toolbox;
import dev.tocsin.schemas.context.Evidence;
import dev.tocsin.schemas.incident.Incident;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A conversation with a model about one incident: it is shown the evidence, may call tools, and has
 * to come to a conclusion before its budget ends. An unusable answer may be repaired once.
 */
public final class ModelInvestigation {

  private static final int LONGEST_REASON = 400;

  private final Model model;
  private final Toolbox toolbox;
  private final Masker masker;
  private final Set<String> hosts;
  private final InstantSource clock;
  private final AgentMetrics metrics;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param hosts that may be linked to whatever the evidence says
   */
  public ModelInvestigation(
      Model model,
      Toolbox toolbox,
      Masker masker,
      Set<String> hosts,
      InstantSource clock,
      AgentMetrics metrics) {
    this.model = model;
    this.toolbox = toolbox;
    this.masker = masker;
    this.hosts = Set.copyOf(hosts);
    this.clock = clock;
    this.metrics = metrics;
  }

  /** A conversation came to nothing, and why. */
  static final class Inconclusive extends Exception {

    Inconclusive(String why) {
      super(why);
    }
  }

  String model() {
    return model.name();
  }

  Conclusion conclude(Incident incident, EvidenceFile file, Budget budget)
      throws Inconclusive, InterruptedException {
    Envelope envelope = new Envelope(nonce());
    List<Turn> turns = new ArrayList<>();
    turns.add(new Turn.Rules(Rules.TEXT.formatted(envelope.nonce())));
    turns.add(new Turn.Matter(matter(incident, file, envelope)));
    boolean repaired = false;
    while (true) {
      Reply reply = ask(turns, budget);
      turns.add(new Turn.Said(reply));
      if (!reply.calls().isEmpty()) {
        for (ToolCall call : reply.calls()) {
          turns.add(new Turn.Came(call, call(call, file, envelope, budget)));
        }
        continue;
      }
      try {
        return Conclusion.parse(
            reply.text(), ids(file), new Cleaning(new PlainText(hosts(file)), masker));
      } catch (Conclusion.Faulty e) {
        metrics.modelCall(Call.INVALID);
        if (repaired) {
          throw inconclusive("its answer could not be used: " + e.getMessage());
        }
        repaired = true;
        turns.add(
            new Turn.Matter(
                "That cannot be used: " + e.getMessage() + ". Answer with the JSON object only."));
      }
    }
  }

  private Reply ask(List<Turn> turns, Budget budget) throws Inconclusive, InterruptedException {
    Question question =
        new Question(List.copyOf(turns), budget.isLastWord() ? List.of() : toolbox.tools());
    Instant now = clock.instant();
    try {
      budget.takeModelCall(question.letters(), now);
      Reply reply = model.ask(question, budget.left(now));
      long before = budget.used();
      budget.spend(reply.tokens(), question.letters() + reply.letters());
      metrics.modelCall(Call.OK);
      metrics.modelTokens(budget.used() - before);
      return reply;
    } catch (Failure e) {
      metrics.modelCall(e.outcome());
      throw inconclusive(String.valueOf(e.getMessage()));
    } catch (Budget.Exhausted e) {
      throw new Inconclusive(String.valueOf(e.getMessage()));
    }
  }

  /** The reason is told to people, and may be in the words of a model or of its server. */
  private Inconclusive inconclusive(String why) {
    return new Inconclusive(new Cleaning(new PlainText(hosts), masker).line(why, LONGEST_REASON));
  }

  private String call(ToolCall call, EvidenceFile file, Envelope envelope, Budget budget)
      throws InterruptedException {
    if (!budget.takeToolCall()) {
      return "refused: no more tool calls; answer with what there is";
    }
    return switch (toolbox.call(call.name(), call.arguments(), file, clock.instant())) {
      case Toolbox.Result.Filed filed -> envelope.around(filed.evidence());
      case Toolbox.Result.Nothing nothing -> nothing.why();
      case Toolbox.Result.Failed failed -> envelope.aroundNothing(failed.why());
    };
  }

  /** Only what we know to be ours stands outside of envelopes. */
  private String matter(Incident incident, EvidenceFile file, Envelope envelope) {
    return "Incident %s: severity %s, status %s, opened %s, %d conditions firing. It is now %s.\n%s"
        .formatted(
            incident.id(),
            incident.severity(),
            incident.status(),
            incident.openedAt(),
            incident.firing(),
            clock.instant(),
            file.all().stream().map(envelope::around).collect(Collectors.joining("\n")));
  }

  private Set<String> hosts(EvidenceFile file) {
    Set<String> known = new HashSet<>(hosts);
    for (Evidence evidence : file.all()) {
      String link = evidence.link();
      if (link != null) {
        known.add(PlainText.host(link));
      }
    }
    known.remove("");
    return known;
  }

  private static Set<String> ids(EvidenceFile file) {
    return file.all().stream().map(Evidence::id).collect(Collectors.toSet());
  }

  private String nonce() {
    byte[] bytes = new byte[8];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
