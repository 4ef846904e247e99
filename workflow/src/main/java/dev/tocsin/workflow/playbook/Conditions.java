// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.playbook;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;
import dev.tocsin.schemas.incident.Incident;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Conditions of playbooks: CEL over {@code incident}, bounded in size and work. */
public final class Conditions {

  private static final int LONGEST = 4_000;

  private final Cel cel =
      CelFactory.standardCelBuilder()
          .setOptions(
              CelOptions.current()
                  .maxExpressionCodePointSize(LONGEST)
                  .maxParseRecursionDepth(50)
                  .comprehensionMaxIterations(10_000)
                  .maxRegexProgramSize(1_000)
                  .enableHeterogeneousNumericComparisons(true)
                  .build())
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .setTypeProvider(IncidentView.TYPES)
          .addVar(IncidentView.VARIABLE, IncidentView.TYPE)
          .setResultType(SimpleType.BOOL)
          .build();

  /** Compiled once: a run keeps its conditions as text, over restarts and changed playbooks. */
  private final Map<String, Program> programs = new ConcurrentHashMap<>();

  /**
   * Whether a condition is met.
   *
   * @param trouble why that could not be found out, in which case it counts as met: the way to a
   *     page fails open; null when it could
   */
  public record Answer(boolean met, @Nullable String trouble) {}

  /** Something wrong with a condition; line and column count from 1. */
  record Problem(int line, int column, String says) {}

  /** No condition is always met. */
  public Answer ask(@Nullable String condition, Incident incident) {
    if (condition == null) {
      return new Answer(true, null);
    }
    try {
      Program program = programs.computeIfAbsent(condition, this::program);
      Object value = program.eval(Map.of(IncidentView.VARIABLE, IncidentView.of(incident)));
      return value instanceof Boolean met
          ? new Answer(met, null)
          : new Answer(true, "it is neither true nor false but " + value);
    } catch (CelEvaluationException | IllegalStateException e) {
      return new Answer(true, String.valueOf(e.getMessage()));
    }
  }

  private Program program(String condition) {
    try {
      return cel.createProgram(cel.compile(condition).getAst());
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** What is wrong with a condition, before it is ever asked. */
  List<Problem> check(String condition) {
    if (condition.codePointCount(0, condition.length()) > LONGEST) {
      return List.of(new Problem(1, 1, "longer than " + LONGEST + " characters"));
    }
    CelValidationResult result = cel.compile(condition);
    return result.getErrors().stream().map(Conditions::problem).toList();
  }

  private static Problem problem(CelIssue issue) {
    int line = Math.max(1, issue.getSourceLocation().getLine());
    int column = Math.max(0, issue.getSourceLocation().getColumn());
    return new Problem(line, column + 1, issue.getMessage());
  }
}
