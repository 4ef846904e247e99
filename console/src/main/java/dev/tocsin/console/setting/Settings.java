// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.setting;

import dev.tocsin.console.view.Changes;
import dev.tocsin.console.view.Family;
import dev.tocsin.console.view.Fold;
import dev.tocsin.console.view.Key;
import dev.tocsin.console.view.Rows;
import dev.tocsin.console.view.Table;
import dev.tocsin.schemas.setting.Setting;
import dev.tocsin.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Settings as the view holds them. */
public final class Settings {

  /** By the key of the setting. */
  private static final Table SETTINGS = new Table(Family.FOR_GOOD, "setting");

  private static final int MOST = 10_000;

  private final Rows rows;

  public Settings(Rows rows) {
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

  /**
   * @param kind the part of the setting's key before the slash
   */
  public <S extends Setting> Optional<S> find(String kind, String id, Class<S> type) {
    return rows.find(SETTINGS.key(kind + '/' + id), Setting.class)
        .filter(type::isInstance)
        .map(type::cast);
  }

  /** All of a kind, by their keys. */
  public <S extends Setting> List<S> all(String kind, Class<S> type) {
    return rows.first(SETTINGS.key().startingWith(kind + '/'), MOST, Setting.class).stream()
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }
}
