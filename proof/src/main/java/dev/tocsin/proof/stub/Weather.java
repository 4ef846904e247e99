// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.stub;

import dev.tocsin.proof.schedule.Fault.Misdeed;
import dev.tocsin.testkit.receiver.Answer;
import dev.tocsin.testkit.receiver.Fault;
import dev.tocsin.testkit.receiver.Request;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong with the requests to a receiver: all of them in a storm, few of them else.
 *
 * <p>The rare ones are drawn from a seed by the request's number, so that they do not depend on
 * when it came.
 */
final class Weather implements Function<Request, Fault> {

  private static final Answer TOO_MANY = new Answer(429, Map.of("Retry-After", "2"), new byte[0]);
  private static final Duration SLOW = Duration.ofSeconds(4);

  private final long seed;
  private final Predicate<Request> changes;
  private final int lostPerThousand;
  private final int deniedPerThousand;
  private volatile @Nullable Misdeed storm;
  private volatile boolean fair;

  /**
   * @param changes requests that change something: only these go wrong out of a storm
   * @param lostPerThousand of these make their change and are not answered
   * @param deniedPerThousand of these make their change and are answered 500
   */
  Weather(long seed, Predicate<Request> changes, int lostPerThousand, int deniedPerThousand) {
    this.seed = seed;
    this.changes = changes;
    this.lostPerThousand = lostPerThousand;
    this.deniedPerThousand = deniedPerThousand;
  }

  void storm(@Nullable Misdeed misdeed) {
    storm = misdeed;
  }

  /** From now on nothing goes wrong. */
  void clear() {
    storm = null;
    fair = true;
  }

  @Override
  public Fault apply(Request request) {
    Misdeed misdeed = storm;
    if (misdeed != null) {
      return fault(misdeed);
    }
    if (fair || !changes.test(request)) {
      return new Fault.None();
    }
    int drawn = new SplittableRandom(seed * 1_000_003 + request.number()).nextInt(1_000);
    if (drawn < lostPerThousand) {
      return new Fault.LoseAnswer();
    }
    return drawn < lostPerThousand + deniedPerThousand ? fault(Misdeed.DENIES) : new Fault.None();
  }

  private static Fault fault(Misdeed misdeed) {
    return switch (misdeed) {
      case TOO_MANY -> new Fault.Refuse(TOO_MANY);
      case UNAVAILABLE -> new Fault.Refuse(Answer.empty(503));
      case DENIES -> new Fault.Deny(Answer.empty(500));
      case LOSES_ANSWERS -> new Fault.LoseAnswer();
      case CUTS -> new Fault.Cut();
      case HANGS -> new Fault.Hang();
      case SLOW -> new Fault.Late(SLOW);
    };
  }
}
