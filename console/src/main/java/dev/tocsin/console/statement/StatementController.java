// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.statement;

import dev.tocsin.console.problem.Refusal;
import dev.tocsin.console.view.Page;
import dev.tocsin.console.view.PageRequest;
import dev.tocsin.schemas.statement.Statement;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What each day came to. */
@RestController
@RequestMapping("/v1/statements")
@Tag(name = "accounting")
public final class StatementController {

  private final Statements statements;

  public StatementController(Statements statements) {
    this.statements = statements;
  }

  @GetMapping
  @Operation(summary = "What each day came to, the latest first")
  Page<Statements.Summary> list(
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    return statements.page(PageRequest.of(cursor, limit));
  }

  @GetMapping("/{day}")
  @Operation(summary = "One day as it was sealed, to the byte: canonical JSON with its hash")
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_VALUE,
              schema = @Schema(implementation = Statement.class)))
  ResponseEntity<byte[]> one(@PathVariable LocalDate day) {
    return statements
        .find(day)
        .map(json -> ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(json))
        .orElseThrow(() -> Refusal.unknown("statement of", day.toString()));
  }
}
