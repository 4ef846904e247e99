// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.flow;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Storms: a five-minute count that this hour of the day has less than once in ten thousand, for two
 * minutes running.
 *
 * <p>What it learns from is bounded by what is still believable, so that a storm does not teach it
 * to expect storms.
 */
public final class RateWatch {

  private static final int WINDOW = DayProfile.MINUTES;
  private static final double RARE = 4;
  private static final double ORDINARY = 2;
  private static final int RUNNING = 2;
  private static final int CALM = 5;

  /** What goes on for longer is how it is now, and is learnt anew. */
  private static final int LONGEST = 6 * 60;

  /** Fewer are no storm, however silent it is else; nor is what is not a multiple of ordinary. */
  private static final int FEWEST = 10;

  private static final double MULTIPLE = 3;

  /** A day of five-minute counts: until then it is silent. */
  private static final int LEARNING = 288;

  /** One alert in half an hour: nothing is as silent as it seems. */
  private static final double LEAST_MEAN = 0.15;

  private static final long LONGEST_GAP = 7L * 24 * 60;

  private final int[] counts = new int[WINDOW];
  private DayProfile profile = new DayProfile();

  /** The minute that is counted now; those before it are judged. */
  private long minute = -1;

  private int running;
  private int calm;
  private long since = -1;

  /** What a minute brought. */
  public sealed interface Turn {

    /** A storm begins. */
    record Begins(long minute, Reading reading) implements Turn {}

    /** The storm is over. */
    record Ends(long since, long minute, Reading reading) implements Turn {}
  }

  /** A five-minute count, beside what was expected. */
  public record Reading(double count, double mean, double variance, double surprise) {

    /** The least count that would have been too many. */
    public double high() {
      return Math.max(FEWEST, CountTail.least(RARE, mean, variance));
    }
  }

  /** Counts what came in a minute; earlier minutes are counted while they are in the window. */
  public void count(long at, int alerts) {
    if (minute < 0) {
      minute = at;
    }
    if (at > minute - WINDOW && at <= minute) {
      counts[(int) (at % WINDOW)] += alerts;
    }
  }

  /**
   * Judges the next minute that is over, if there is one.
   *
   * @param now the minute that is not over
   * @return whether there was one
   */
  public boolean hasNext(long now) {
    return minute >= 0 && minute < now;
  }

  /** The minute that is judged next: after a long silence, one of the latest seven days. */
  long minute(long now) {
    return Math.max(minute, now - LONGEST_GAP);
  }

  /** Judges the minute that is counted, and goes on to the next. */
  public @Nullable Turn next(long now) {
    if (now - minute > LONGEST_GAP) {
      minute = now - LONGEST_GAP;
      Arrays.fill(counts, 0);
    }
    Turn turn = judge();
    minute++;
    counts[(int) (minute % WINDOW)] = 0;
    return turn;
  }

  private @Nullable Turn judge() {
    Reading reading = reading();
    Turn turn = turn(reading);
    if (minute % WINDOW == WINDOW - 1) {
      learn(reading);
    }
    return turn;
  }

  private @Nullable Turn turn(Reading reading) {
    if (since >= 0) {
      calm = reading.surprise() < ORDINARY ? calm + 1 : 0;
      boolean stays = minute - since >= LONGEST;
      if (calm < CALM && !stays) {
        return null;
      }
      if (stays) {
        profile = new DayProfile();
      }
      long began = since;
      since = -1;
      calm = 0;
      running = 0;
      return new Turn.Ends(began, minute, reading);
    }
    boolean rare =
        profile.total() >= LEARNING
            && reading.surprise() >= RARE
            && reading.count() >= FEWEST
            && reading.count() >= MULTIPLE * reading.mean();
    running = rare ? running + 1 : 0;
    if (running < RUNNING) {
      return null;
    }
    since = minute;
    return new Turn.Begins(minute, reading);
  }

  /** The last five minutes, the one that is counted included. */
  public Reading reading() {
    int count = 0;
    for (int of : counts) {
      count += of;
    }
    DayProfile.Expected expected = profile.at(minute);
    double mean = Math.max(LEAST_MEAN, expected.mean());
    double variance = Math.max(mean, expected.variance());
    return new Reading(count, mean, variance, CountTail.surprise(count, mean, variance));
  }

  private void learn(Reading reading) {
    boolean known = profile.total() >= LEARNING;
    double believable = reading.mean() + 4 * Math.sqrt(reading.variance()) + 2;
    if (known && since >= 0) {
      return;
    }
    profile.learn(
        minute - WINDOW / 2, known ? Math.min(reading.count(), believable) : reading.count());
  }

  /** Whether it has something to say or may soon. */
  public boolean isQuiet() {
    for (int of : counts) {
      if (of > 0) {
        return false;
      }
    }
    return since < 0;
  }

  /** What an hour from here is expected to bring. */
  double hourly() {
    double sum = 0;
    for (int block = 0; block < 12; block++) {
      sum += profile.at(minute - block * (long) WINDOW).mean();
    }
    return sum;
  }

  boolean isLearning() {
    return profile.total() < LEARNING;
  }

  void write(DataOutput out) throws IOException {
    for (int of : counts) {
      out.writeInt(of);
    }
    out.writeLong(minute);
    out.writeByte(running);
    out.writeByte(calm);
    out.writeLong(since);
    profile.write(out);
  }

  static RateWatch read(DataInput in) throws IOException {
    RateWatch watch = new RateWatch();
    for (int i = 0; i < WINDOW; i++) {
      watch.counts[i] = in.readInt();
    }
    watch.minute = in.readLong();
    watch.running = in.readByte();
    watch.calm = in.readByte();
    watch.since = in.readLong();
    watch.profile = DayProfile.read(in);
    return watch;
  }
}
