// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.subscription;

import dev.tocsin.console.journal.Journal;
import dev.tocsin.console.view.Position;
import dev.tocsin.schemas.setting.Setting;
import dev.tocsin.schemas.topic.Topics;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what was decided about a subscription. */
public final class SubscriptionJournal {

  private static final Logger LOG = LoggerFactory.getLogger(SubscriptionJournal.class);
  private static final long VISIBLE_WITHIN_MILLIS = 2_000;

  private final Journal journal;
  private final Position position;

  public SubscriptionJournal(Journal journal, Position position) {
    this.journal = journal;
    this.position = position;
  }

  /**
   * Returns when the view shows it, so that whoever asks next sees what they did.
   *
   * @param key of the setting
   * @param setting null takes it back
   */
  void write(
      String actor,
      String action,
      String subscriptionId,
      String detail,
      String key,
      @Nullable Setting setting) {
    RecordMetadata written =
        journal.write(
            actor, action, subscriptionId, detail, Journal.record(Topics.SETTINGS, key, setting));
    boolean visible =
        position.awaitRead(
            written.topic(), written.partition(), written.offset(), VISIBLE_WITHIN_MILLIS);
    if (!visible) {
      LOG.info("{} of {} is written; the view shows it later", action, subscriptionId);
    }
  }
}
