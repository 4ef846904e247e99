// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.setting;

import dev.tocsin.console.journal.Journal;
import dev.tocsin.console.view.Position;
import dev.tocsin.schemas.setting.Setting;
import dev.tocsin.schemas.topic.Topics;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes settings, and returns when the view shows them: whoever asks next sees what they did. */
public final class SettingWriter {

  private static final Logger LOG = LoggerFactory.getLogger(SettingWriter.class);
  private static final long VISIBLE_WITHIN_MILLIS = 2_000;

  /** So many settings can be changed at a time; those that share a turn wait for each other. */
  private static final int TURNS = 64;

  private final Journal journal;
  private final Position position;
  private final List<Turn> turns = Stream.generate(Turn::new).limit(TURNS).toList();

  public SettingWriter(Journal journal, Position position) {
    this.journal = journal;
    this.position = position;
  }

  /**
   * Makes a change that is made from what is there: reads the setting and writes it, while nobody
   * else here does so.
   *
   * @param id of the setting
   */
  public <T> T inTurn(String id, Supplier<T> change) {
    return turn(id).take(this::isVisible, change);
  }

  /**
   * Makes one of a kind of which there may be only so many: while it is counted and written, nobody
   * else here makes one.
   *
   * @param room throws where there is none for it
   */
  public void create(String actor, String action, String detail, Setting setting, Runnable room) {
    Turn turn = turn(kind(setting));
    turn.take(
        this::isVisible,
        () -> {
          room.run();
          write(turn, actor, action, detail, setting, List.of(record(setting, setting)));
          return setting;
        });
  }

  /**
   * @param action for example {@code silence.create}
   * @param detail what the audit says of it
   */
  public void write(String actor, String action, String detail, Setting setting) {
    write(turn(setting.id()), actor, action, detail, setting, List.of(record(setting, setting)));
  }

  public void takeBack(String actor, String action, String detail, Setting setting) {
    write(turn(setting.id()), actor, action, detail, setting, List.of(record(setting, null)));
  }

  /**
   * @param command what is to follow from it; written first, and whoever heeds it takes the setting
   *     back too
   */
  public void takeBack(
      String actor,
      String action,
      String detail,
      Setting setting,
      ProducerRecord<byte[], byte[]> command) {
    List<ProducerRecord<byte[], byte[]>> both = List.of(command, record(setting, null));
    write(turn(setting.id()), actor, action, detail, setting, both);
  }

  private static ProducerRecord<byte[], byte[]> record(Setting about, @Nullable Setting value) {
    return Journal.record(Topics.SETTINGS, about.key(), value);
  }

  private void write(
      Turn turn,
      String actor,
      String action,
      String detail,
      Setting about,
      List<ProducerRecord<byte[], byte[]>> wish) {
    RecordMetadata written = journal.write(actor, action, about.id(), detail, wish);
    if (!isVisible(written)) {
      turn.unseen(written);
      LOG.info("{} of {} is written; the view shows it later", action, about.id());
    }
  }

  private static String kind(Setting setting) {
    return setting.key().substring(0, setting.key().indexOf('/'));
  }

  private boolean isVisible(RecordMetadata written) {
    return position.awaitRead(
        written.topic(), written.partition(), written.offset(), VISIBLE_WITHIN_MILLIS);
  }

  private Turn turn(String id) {
    return turns.get(Math.floorMod(id.hashCode(), TURNS));
  }
}
