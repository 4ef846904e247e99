// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.flow;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is remembered of one alert. */
public final class KeyFlow {

  private static final int MOST_LABELS = 8;

  private final String identity;
  private final String group;
  private final Map<String, String> labels;
  private String title;
  private long lastAt;
  private int episodes;
  private boolean firing;
  private long startsAt = -1;
  private long firingSince = -1;
  private long timerAt = -1;

  /** Since when each of these is so; -1 while it is not. */
  private long newSince = -1;

  private long backSince = -1;
  private long missingSince = -1;
  private long stuckSince = -1;

  private Turns turns = new Turns();
  private Gaps gaps = new Gaps();
  private Heartbeat heartbeat = new Heartbeat();
  private Durations durations = new Durations();

  KeyFlow(String identity, String group, Map<String, String> labels, String title) {
    this.identity = identity;
    this.group = group;
    this.labels = labels;
    this.title = title;
  }

  static KeyFlow of(Report report) {
    Map<String, String> few = new LinkedHashMap<>();
    report.groupLabels().entrySet().stream()
        .limit(MOST_LABELS)
        .forEach(label -> few.put(label.getKey(), label.getValue()));
    return new KeyFlow(report.identity(), report.group(), few, report.title());
  }

  String identity() {
    return identity;
  }

  String group() {
    return group;
  }

  Map<String, String> labels() {
    return labels;
  }

  String title() {
    return title;
  }

  /** When it was last heard of. */
  public long lastAt() {
    return lastAt;
  }

  int episodes() {
    return episodes;
  }

  boolean isFiring() {
    return firing;
  }

  long firingSince() {
    return firingSince;
  }

  Turns turns() {
    return turns;
  }

  Gaps gaps() {
    return gaps;
  }

  Heartbeat heartbeat() {
    return heartbeat;
  }

  Durations durations() {
    return durations;
  }

  /** Whether a report tells of an episode that is not known. */
  boolean isNewEpisode(Report report) {
    return !firing || report.startsAt() != null && report.startsAt().toEpochMilli() > startsAt;
  }

  void heard(Report report, long now) {
    title = report.title();
    lastAt = Math.max(lastAt, now);
  }

  void begins(Report report, long now) {
    firing = true;
    firingSince = now;
    episodes = Math.min(Integer.MAX_VALUE - 1, episodes + 1);
    startsAt = report.startsAt() == null ? now : report.startsAt().toEpochMilli();
  }

  void ends() {
    firing = false;
    firingSince = -1;
  }

  long newSince() {
    return newSince;
  }

  void newSince(long at) {
    newSince = at;
  }

  long backSince() {
    return backSince;
  }

  void backSince(long at) {
    backSince = at;
  }

  long missingSince() {
    return missingSince;
  }

  void missingSince(long at) {
    missingSince = at;
  }

  long stuckSince() {
    return stuckSince;
  }

  void stuckSince(long at) {
    stuckSince = at;
  }

  /** When somebody has to look at it next; -1 for never. */
  public long dueAt() {
    long due = -1;
    if (turns.isFlapping()) {
      due = sooner(due, turns.quietAt());
    }
    if (firing && missingSince < 0) {
      due = sooner(due, heartbeat.missingAt());
    }
    if (firing && stuckSince < 0 && durations.longest() > 0) {
      due = sooner(due, firingSince + durations.longest());
    }
    return due;
  }

  private static long sooner(long due, long other) {
    return other < 0 ? due : due < 0 ? other : Math.min(due, other);
  }

  /** The timer that is set for it; -1 when there is none. */
  public long timerAt() {
    return timerAt;
  }

  public void timerAt(long at) {
    timerAt = at;
  }

  public void write(DataOutput out) throws IOException {
    out.writeByte(1);
    out.writeUTF(identity);
    out.writeUTF(group);
    out.writeByte(labels.size());
    for (Map.Entry<String, String> label : labels.entrySet()) {
      out.writeUTF(label.getKey());
      out.writeUTF(label.getValue());
    }
    out.writeUTF(title);
    out.writeLong(lastAt);
    out.writeInt(episodes);
    out.writeBoolean(firing);
    for (long at :
        new long[] {
          startsAt, firingSince, timerAt, newSince, backSince, missingSince, stuckSince
        }) {
      out.writeLong(at);
    }
    turns.write(out);
    gaps.write(out);
    heartbeat.write(out);
    durations.write(out);
  }

  public static KeyFlow read(DataInput in) throws IOException {
    Format.check(in.readByte());
    String identity = in.readUTF();
    String group = in.readUTF();
    Map<String, String> labels = new LinkedHashMap<>();
    int size = in.readByte();
    for (int i = 0; i < size; i++) {
      labels.put(in.readUTF(), in.readUTF());
    }
    KeyFlow key = new KeyFlow(identity, group, labels, in.readUTF());
    key.lastAt = in.readLong();
    key.episodes = in.readInt();
    key.firing = in.readBoolean();
    key.startsAt = in.readLong();
    key.firingSince = in.readLong();
    key.timerAt = in.readLong();
    key.newSince = in.readLong();
    key.backSince = in.readLong();
    key.missingSince = in.readLong();
    key.stuckSince = in.readLong();
    key.turns = Turns.read(in);
    key.gaps = Gaps.read(in);
    key.heartbeat = Heartbeat.read(in);
    key.durations = Durations.read(in);
    return key;
  }
}
