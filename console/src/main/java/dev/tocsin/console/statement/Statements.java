// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.statement;

import dev.tocsin.console.view.Changes;
import dev.tocsin.console.view.Family;
import dev.tocsin.console.view.Fold;
import dev.tocsin.console.view.Key;
import dev.tocsin.console.view.Listing;
import dev.tocsin.console.view.Page;
import dev.tocsin.console.view.PageRequest;
import dev.tocsin.console.view.Rows;
import dev.tocsin.console.view.Table;
import dev.tocsin.schemas.statement.Statement;
import dev.tocsin.schemas.topic.Topics;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Statements as the view holds them: of each day the first that was written. */
public final class Statements {

  private static final Table STATEMENTS = new Table(Family.FOR_GOOD, "statement");
  private static final Listing<Summary> LISTING =
      new Listing<>(Family.FOR_GOOD, "statement-list", Summary.class);

  private final Rows rows;

  public Statements(Rows rows) {
    this.rows = rows;
  }

  /**
   * A statement without the places of the records it is made from.
   *
   * @param unexplained how many were, of this day and of those before
   */
  public record Summary(
      String day,
      Instant from,
      Instant to,
      Instant settledAt,
      Statement.Alerts alerts,
      Map<String, Long> incidents,
      Map<String, Statement.Effects> effects,
      Map<String, Statement.Letters> deadLetters,
      int unexplained,
      @Nullable String previous,
      String hash) {

    static Summary of(Statement statement) {
      return new Summary(
          statement.day(),
          statement.from(),
          statement.to(),
          statement.settledAt(),
          statement.alerts(),
          statement.incidents(),
          statement.effects(),
          statement.deadLetters(),
          statement.unexplained().size(),
          statement.previous(),
          statement.hash());
    }
  }

  public static List<Fold> folds() {
    return List.of(Fold.of(Topics.STATEMENTS, Statements::stated));
  }

  private static void stated(Statement statement, byte[] json, Changes changes) {
    Key key = STATEMENTS.key(statement.day());
    if (changes.contains(key)) {
      return;
    }
    changes.putBytes(key, json);
    LISTING.put(changes, List.of(), statement.from(), statement.day(), Summary.of(statement));
  }

  /** As it was sealed, to the byte. */
  Optional<byte[]> find(LocalDate day) {
    return Optional.ofNullable(rows.bytes(STATEMENTS.key(day)));
  }

  Page<Summary> page(PageRequest request) {
    return LISTING.page(rows, Listing.ALL, request, _ -> true);
  }
}
