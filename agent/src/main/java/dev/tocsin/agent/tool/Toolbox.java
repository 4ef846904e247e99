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

/** The tools there are. What is not in it does not exist for a model. */
public final class Toolbox {

  private final List<Tool> tools;
  private final AgentMetrics metrics;

  public Toolbox(List<Tool> tools, AgentMetrics metrics) {
    this.tools = List.copyOf(tools);
    this.metrics = metrics;
  }

  /** What came of a call: evidence on file, or words on why there is none. */
  public sealed interface Result {

    record Filed(Evidence evidence) implements Result {}

    record Nothing(String why) implements Result {}
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
      return new Result.Nothing("failed: " + e.getMessage());
    }
  }
}
