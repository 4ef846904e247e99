// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.flow;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is remembered of the alerts of a service, a team, or everything. */
public final class ScopeFlow {

  private static final int MINUTES = DayProfile.MINUTES;
  private static final int HOUR = 60;

  private final Subject subject;
  private RateWatch rate = new RateWatch();
  private Shift shift = new Shift();
  private Severities severities = new Severities();
  private Mix mix = new Mix();
  private Novelty novelty = new Novelty();
  private int inHour;
  private long lastMinute = -1;
  private long shiftSince = -1;
  private long inflatedSince = -1;
  private long mixedSince = -1;

  ScopeFlow(Subject subject) {
    this.subject = subject;
  }

  /** The last minute in which an alert of it began to fire; -1 when there was none. */
  public long lastMinute() {
    return lastMinute;
  }

  /** Whether it has to be looked at although nothing comes. */
  public boolean isAwake() {
    return !rate.isQuiet() || shift.isShifted() || severities.isInflated() || mix.isChanged();
  }

  /** Alerts begin to fire in a minute. */
  void count(long minute, Report report) {
    rate.count(minute, 1);
    inHour++;
    lastMinute = minute;
    severities.count(
        minute / MINUTES, report.severity() == dev.tocsin.schemas.alert.Severity.CRITICAL);
    mix.count(minute / MINUTES, report.name());
  }

  Novelty novelty() {
    return novelty;
  }

  /** Judges the minutes that are over. */
  public List<Finding> advance(long now) {
    List<Finding> found = new ArrayList<>();
    ScopeWords words = new ScopeWords(subject, found);
    while (rate.hasNext(now)) {
      long minute = rate.minute(now);
      RateWatch.Turn turn = rate.next(now);
      if (turn != null) {
        words.storm(turn);
      }
      if (minute % MINUTES == MINUTES - 1) {
        closeBlock(minute / MINUTES, words);
      }
      if (minute % HOUR == HOUR - 1) {
        closeHour(minute, words);
      }
    }
    return found;
  }

  private void closeBlock(long block, ScopeWords words) {
    Severities.Reading severity = severities.close(block);
    long end = (block + 1) * MINUTES;
    if (severity != null) {
      boolean begins = severities.isInflated();
      inflatedSince = begins ? end : inflatedSince;
      words.severity(severity, begins, inflatedSince, end);
    }
    Mix.Reading mixed = mix.close(block);
    if (mixed != null) {
      boolean begins = mix.isChanged();
      mixedSince = begins ? end : mixedSince;
      words.mix(mixed, begins, mixedSince, end);
    }
  }

  private void closeHour(long minute, ScopeWords words) {
    Shift.Reading shifted = rate.isLearning() ? null : shift.close(inHour, rate.hourly());
    inHour = 0;
    if (shifted != null) {
      boolean begins = shift.isShifted();
      shiftSince = begins ? minute + 1 : shiftSince;
      words.shift(shifted, begins, shiftSince, minute + 1);
    }
  }

  public void write(DataOutput out) throws IOException {
    out.writeByte(1);
    out.writeUTF(subject.key());
    out.writeUTF(subject.name());
    out.writeUTF(subject.group());
    out.writeByte(subject.labels().size());
    for (Map.Entry<String, String> label : subject.labels().entrySet()) {
      out.writeUTF(label.getKey());
      out.writeUTF(label.getValue());
    }
    out.writeInt(inHour);
    out.writeLong(lastMinute);
    out.writeLong(shiftSince);
    out.writeLong(inflatedSince);
    out.writeLong(mixedSince);
    rate.write(out);
    shift.write(out);
    severities.write(out);
    mix.write(out);
    novelty.write(out);
  }

  public static ScopeFlow read(DataInput in) throws IOException {
    Format.check(in.readByte());
    String key = in.readUTF();
    String name = in.readUTF();
    String group = in.readUTF();
    Map<String, String> labels = new LinkedHashMap<>();
    int size = in.readByte();
    for (int i = 0; i < size; i++) {
      labels.put(in.readUTF(), in.readUTF());
    }
    ScopeFlow scope = new ScopeFlow(new Subject(key, name, group, labels));
    scope.inHour = in.readInt();
    scope.lastMinute = in.readLong();
    scope.shiftSince = in.readLong();
    scope.inflatedSince = in.readLong();
    scope.mixedSince = in.readLong();
    scope.rate = RateWatch.read(in);
    scope.shift = Shift.read(in);
    scope.severities = Severities.read(in);
    scope.mix = Mix.read(in);
    scope.novelty = Novelty.read(in);
    return scope;
  }
}
