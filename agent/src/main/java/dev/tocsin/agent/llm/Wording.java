// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.llm;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import dev.tocsin.agent.llm.Model.Question;
import dev.tocsin.agent.llm.Model.Reply;
import dev.tocsin.agent.llm.Model.ToolCall;
import dev.tocsin.agent.llm.Model.Turn;
import dev.tocsin.agent.tool.Tool;
import java.util.List;

/** Our words for a conversation in the library's, and back. */
final class Wording {

  private static final JsonArraySchema LINES =
      JsonArraySchema.builder().items(new JsonStringSchema()).build();

  /** The members of {@code investigation.Conclusion}. */
  private static final ResponseFormat CONCLUSION =
      ResponseFormat.builder()
          .type(ResponseFormatType.JSON)
          .jsonSchema(
              JsonSchema.builder()
                  .name("conclusion")
                  .rootElement(
                      JsonObjectSchema.builder()
                          .addStringProperty("summary")
                          .addStringProperty("probableCause")
                          .addNumberProperty("confidence")
                          .addProperty("evidence", LINES)
                          .addProperty("nextSteps", LINES)
                          .addProperty("followUpQuestions", LINES)
                          .required(
                              "summary",
                              "probableCause",
                              "confidence",
                              "evidence",
                              "nextSteps",
                              "followUpQuestions")
                          .additionalProperties(false)
                          .build())
                  .build())
          .build();

  private Wording() {}

  static ChatRequest request(Question question, boolean asSchema) {
    ChatRequest.Builder request =
        ChatRequest.builder().messages(question.turns().stream().map(Wording::message).toList());
    if (!question.tools().isEmpty()) {
      request.toolSpecifications(question.tools().stream().map(Wording::tool).toList());
    }
    if (asSchema) {
      request.responseFormat(CONCLUSION);
    }
    return request.build();
  }

  static Reply reply(ChatResponse response) {
    AiMessage message = response.aiMessage();
    List<ToolCall> calls =
        message.toolExecutionRequests().stream()
            .map(c -> new ToolCall(text(c.id()), text(c.name()), text(c.arguments())))
            .toList();
    TokenUsage usage = response.tokenUsage();
    Integer tokens = usage == null ? null : usage.totalTokenCount();
    return new Reply(text(message.text()), calls, tokens == null ? 0 : tokens);
  }

  private static ChatMessage message(Turn turn) {
    return switch (turn) {
      case Turn.Rules rules -> SystemMessage.from(rules.text());
      case Turn.Matter matter -> UserMessage.from(matter.text());
      case Turn.Said said -> said(said.reply());
      case Turn.Came came ->
          ToolExecutionResultMessage.from(came.of().id(), came.of().name(), came.text());
    };
  }

  private static AiMessage said(Reply reply) {
    AiMessage.Builder message = AiMessage.builder();
    if (!reply.text().isBlank() || reply.calls().isEmpty()) {
      message.text(reply.text().isBlank() ? "(nothing)" : reply.text());
    }
    if (!reply.calls().isEmpty()) {
      message.toolExecutionRequests(reply.calls().stream().map(Wording::call).toList());
    }
    return message.build();
  }

  private static ToolExecutionRequest call(ToolCall call) {
    return ToolExecutionRequest.builder()
        .id(call.id())
        .name(call.name())
        .arguments(call.arguments())
        .build();
  }

  private static ToolSpecification tool(Tool tool) {
    JsonObjectSchema.Builder parameters = JsonObjectSchema.builder();
    tool.parameters().forEach(p -> parameters.addStringProperty(p.name(), p.description()));
    parameters.required(
        tool.parameters().stream()
            .filter(Tool.Parameter::required)
            .map(Tool.Parameter::name)
            .toList());
    return ToolSpecification.builder()
        .name(tool.name())
        .description(tool.description())
        .parameters(parameters.build())
        .build();
  }

  private static String text(@org.jspecify.annotations.Nullable String text) {
    return text == null ? "" : text;
  }
}
