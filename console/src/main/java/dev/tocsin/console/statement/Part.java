// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.statement;

import dev.tocsin.schemas.statement.Statement;
import dev.tocsin.schemas.topic.Topics;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A part of a statement, which can be made again as long as its topics keep their records. */
enum Part {
  ALERTS(List.of(Topics.ALERTS.name(), Topics.ALERT_OUTCOMES.name())) {
    @Override
    Object of(Statement statement) {
      return statement.alerts();
    }
  },
  EFFECTS(
      List.of(
          Topics.NOTIFICATIONS.name(), Topics.DELIVERIES.name(), Topics.deadLetters("notifier"))) {
    @Override
    Object of(Statement statement) {
      return statement.effects();
    }
  },
  INCIDENTS(List.of(Topics.INCIDENTS.name())) {
    @Override
    Object of(Statement statement) {
      return statement.incidents();
    }
  },
  DEAD_LETTERS(
      Stream.concat(
              Stream.of(Topics.AUDIT.name()),
              Topics.DEAD_LETTER_SERVICES.stream().map(Topics::deadLetters))
          .toList()) {
    @Override
    Object of(Statement statement) {
      return statement.deadLetters();
    }
  };

  private final List<String> topics;

  Part(List<String> topics) {
    this.topics = topics;
  }

  List<String> topics() {
    return topics;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  abstract Object of(Statement statement);
}
