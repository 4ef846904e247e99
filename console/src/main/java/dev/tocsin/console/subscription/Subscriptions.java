// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.subscription;

import dev.tocsin.console.problem.Refusal;
import dev.tocsin.console.view.Changes;
import dev.tocsin.console.view.Family;
import dev.tocsin.console.view.Fold;
import dev.tocsin.console.view.Key;
import dev.tocsin.console.view.Rows;
import dev.tocsin.console.view.Table;
import dev.tocsin.schemas.setting.Setting;
import dev.tocsin.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Subscriptions as the view holds them. */
public final class Subscriptions {

  /** By the key of the setting. */
  private static final Table SETTINGS = new Table(Family.FOR_GOOD, "setting");

  private static final String KIND = "subscription/";
  private static final String DISABLED = "disabled/";
  private static final int MOST = 10_000;

  private final Rows rows;

  public Subscriptions(Rows rows) {
    this.rows = rows;
  }

  public static List<Fold> folds() {
    return List.of(
        new Fold() {
          @Override
          public String topic() {
            return Topics.SETTINGS.name();
          }

          @Override
          public void apply(ConsumerRecord<byte[], byte[]> record, Changes changes) {
            Key key = SETTINGS.key(new String(record.key(), StandardCharsets.UTF_8));
            Setting setting =
                Topics.SETTINGS
                    .valueSerde()
                    .deserializer()
                    .deserialize(record.topic(), record.value());
            if (setting == null) {
              changes.delete(key);
            } else {
              changes.put(key, setting);
            }
          }
        });
  }

  Optional<Setting.Subscription> find(String id) {
    return rows.find(SETTINGS.key(KIND + id), Setting.class)
        .filter(Setting.Subscription.class::isInstance)
        .map(Setting.Subscription.class::cast);
  }

  /** Or a refusal. */
  Setting.Subscription get(String id) {
    return find(id).orElseThrow(() -> Refusal.unknown("subscription", id));
  }

  /** Why it is told nothing for now; empty when it is. */
  Optional<Setting.Disabled> disabled(String id) {
    return rows.find(SETTINGS.key(DISABLED + id), Setting.class)
        .filter(Setting.Disabled.class::isInstance)
        .map(Setting.Disabled.class::cast);
  }

  Shown shown(Setting.Subscription subscription) {
    return Shown.of(subscription, disabled(subscription.id()).orElse(null));
  }

  /** The oldest first. */
  List<Setting.Subscription> all() {
    return rows.first(SETTINGS.key().startingWith(KIND), MOST, Setting.class).stream()
        .filter(Setting.Subscription.class::isInstance)
        .map(Setting.Subscription.class::cast)
        .sorted(Comparator.comparing(Setting.Subscription::createdAt))
        .toList();
  }
}
