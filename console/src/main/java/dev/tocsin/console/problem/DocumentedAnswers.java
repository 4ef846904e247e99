// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.problem;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.method.HandlerMethod;

/**
 * What an operation answers, in the published document: the yes under its own status, and every no
 * that the API gives, as a problem.
 */
public final class DocumentedAnswers implements OperationCustomizer {

  /** The name of the schema of every no. */
  public static final String PROBLEM = "Problem";

  private static final Map<String, String> PARAMETERS =
      Map.of(
          "cursor", "where to go on: what \"next\" held in an earlier answer",
          "limit", "how many at most, from 1 to 200",
          "since", "those from this time on",
          "until", "those before this time");

  /** A no as RFC 9457 has it, with what ours add. */
  public static Schema<?> problem() {
    Schema<Object> problem = new ObjectSchema();
    problem.setDescription("Why not, in a sentence: what was given and what would be right");
    problem.setRequired(List.of("title", "status", "detail"));
    problem.addProperty("type", new StringSchema());
    problem.addProperty("title", new StringSchema());
    problem.addProperty("status", new IntegerSchema());
    problem.addProperty("detail", text("the sentence"));
    problem.addProperty("instance", text("the path that was asked"));
    problem.addProperty("parameter", text("400: what is wrong"));
    problem.addProperty("value", text("400: what was given"));
    problem.addProperty("allowed", text("400: what would be right"));
    problem.addProperty("id", text("404: what there is not"));
    return problem;
  }

  private static StringSchema text(String description) {
    StringSchema text = new StringSchema();
    text.setDescription(description);
    return text;
  }

  @Override
  public Operation customize(Operation operation, HandlerMethod handler) {
    ApiResponses answers = operation.getResponses();
    ResponseStatus ofAll = handler.getBeanType().getAnnotation(ResponseStatus.class);
    if (ofAll != null && handler.getMethodAnnotation(ResponseStatus.class) == null) {
      ApiResponse yes = Objects.requireNonNull(answers.remove("200"));
      answers.addApiResponse(
          String.valueOf(ofAll.value().value()), yes.description(ofAll.value().getReasonPhrase()));
    }
    List<Parameter> parameters =
        Objects.requireNonNullElse(operation.getParameters(), List.<Parameter>of());
    for (Parameter parameter : parameters) {
      if (parameter.getDescription() == null) {
        parameter.setDescription(PARAMETERS.get(parameter.getName()));
      }
    }
    boolean takesABody = operation.getRequestBody() != null;
    no(answers, "400", "Something given is not what it may be: the problem names it");
    if (operation.getSecurity() == null) {
      no(answers, "401", "No login, or one that is not known");
      no(answers, "403", "Not open to this login, or asked for by a page of another site");
    }
    if (parameters.stream().anyMatch(parameter -> "path".equals(parameter.getIn()))) {
      no(answers, "404", "There is nothing under this id");
    }
    if (takesABody) {
      no(answers, "415", "The body is not application/json");
    }
    Refuses refuses = handler.getMethodAnnotation(Refuses.class);
    if (refuses != null && !refuses.conflict().isEmpty()) {
      no(answers, "409", refuses.conflict());
    }
    if (refuses != null && !refuses.tooSoon().isEmpty()) {
      no(answers, "429", refuses.tooSoon());
    }
    no(
        answers,
        "503",
        "The console still reads what there is, or Kafka does not take what was asked: Retry-After says when to ask again");
    return operation;
  }

  private static void no(ApiResponses answers, String status, String when) {
    answers.addApiResponse(
        status,
        new ApiResponse()
            .description(when)
            .content(
                new Content()
                    .addMediaType(
                        "application/problem+json",
                        new MediaType()
                            .schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM)))));
  }
}
