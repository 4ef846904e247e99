// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.problem;

import dev.tocsin.schemas.topic.Json;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import tools.jackson.databind.node.ObjectNode;

/** Problem details for answers that are given before a controller is asked. */
public final class Problems {

  private Problems() {}

  public static void write(HttpServletResponse response, HttpStatus status, String detail)
      throws IOException {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.put("type", "about:blank");
    json.put("title", problem.getTitle());
    json.put("status", problem.getStatus());
    json.put("detail", problem.getDetail());
    response.setStatus(status.value());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.getOutputStream().write(Json.MAPPER.writeValueAsBytes(json));
  }
}
