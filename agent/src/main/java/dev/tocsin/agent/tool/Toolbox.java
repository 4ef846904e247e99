// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.tool;

import dev.tocsin.agent.evidence.EvidenceFile;
import dev.tocsin.agent.metrics.AgentMetrics;
import dev.tocsin.agent.metrics.AgentMetrics.Call;
import dev.tocsin.agent.telemetry.TelemetryException;
import dev.tocsin.schemas.context.Evidence;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tools there are. What is not in it does not exist for a model. */
public final class Toolbox {

  private static final Logger LOG = LoggerFactory.getLogger(Toolbox.class);

  private final List<Tool> tools;
  private final AgentMetrics metrics;

  public Toolbox(List<Tool> tools, AgentMetrics metrics) {
    this.tools = List.copyOf(tools);
    this.metrics = metrics;
  }

  /** What came of a call: evidence on file, or words on why there is none. */
  public sealed interface Result {

    record Filed(Evidence evidence) implements Result {}

    /** It was not called; the words are ours. */
    record Nothing(String why) implements Result {}

    /** It was called in vain; the words may be those of whoever was asked. */
    record Failed(String why) implements Result {}
  }

  public List<Tool> tools() {
    return tools;
  }

  /** Makes a call, if there is such a tool and the arguments fit it. */
  public Result call(String name, String arguments, EvidenceFile file, Instant now)
      throws InterruptedException {
    Optional<Tool> tool = tools.stream().filter(t -> t.name().equals(name)).findFirst();
    if (tool.isEmpty()) {
      metrics.toolCall("unknown", Call.REFUSED);
      return new Result.Nothing(
          "refused: there is no such tool; there are: "
              + tools.stream().map(Tool::name).collect(Collectors.joining(", ")));
    }
    return call(tool.get(), arguments, file, now);
  }

  private Result call(Tool tool, String arguments, EvidenceFile file, Instant now)
      throws InterruptedException {
    try {
      Evidence filed = file.add(tool.call(Arguments.parse(arguments, tool.parameters()), now));
      metrics.toolCall(tool.name(), Call.OK);
      return filed == null
          ? new Result.Nothing("there is no room for more evidence")
          : new Result.Filed(filed);
    } catch (Tool.Refusal e) {
      metrics.toolCall(tool.name(), Call.REFUSED);
      return new Result.Nothing("refused: " + e.getMessage());
    } catch (TelemetryException e) {
      metrics.toolCall(tool.name(), Call.FAILED);
      return new Result.Failed("failed: " + e.getMessage());
    } catch (RuntimeException e) {
      // An answer nobody thought of costs this call, not the conversation.
      LOG.warn("tool {} broke", tool.name(), e);
      metrics.toolCall(tool.name(), Call.FAILED);
      return new Result.Failed("failed: " + e.getClass().getSimpleName());
    }
  }
}
