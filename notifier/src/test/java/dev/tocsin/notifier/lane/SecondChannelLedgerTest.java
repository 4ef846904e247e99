// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.lane;

import static dev.tocsin.notifier.Samples.NOON;
import static dev.tocsin.notifier.Samples.PAGERDUTY;
import static dev.tocsin.notifier.Samples.REPEATING;
import static dev.tocsin.notifier.Samples.resolve;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.notifier.channel.LaneProfile;
import dev.tocsin.schemas.effect.Effect;
import dev.tocsin.schemas.notification.Notification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A lane that has lost all it knew of a page, and what is said of the page later. */
class SecondChannelLedgerTest {

  private static final String SECOND = "pagerduty-second/default";
  private static final LaneProfile PROFILE =
      REPEATING.withSecond(new LaneProfile.Second(SECOND, Duration.ofSeconds(60)));
  private static final String PAGE_THERE = SecondChannel.idOf("page-inc1");

  private static final LaneShelf EMPTY =
      new LaneShelf() {
        @Override
        public byte @Nullable [] get(String key) {
          return null;
        }

        @Override
        public void put(String key, byte @Nullable [] value) {
          throw new AssertionError("nothing is to be remembered of " + key);
        }
      };

  private static List<Notification> followed(Map<String, Effect> ledger) {
    Turn turn = new Turn(PAGERDUTY, NOON, NOON, new LaneShelves(EMPTY, EMPTY, EMPTY, EMPTY, EMPTY));
    new SecondChannel(turn, PROFILE, ledger::get).follow(resolve("inc1"), null);
    turn.serialised().run();
    return turn.notifications().stream().map(Turn.Said::value).toList();
  }

  @Test
  void pageThatTheLedgerKnowsThere_isFollowed() {
    Effect there = new Effect(PAGE_THERE, SECOND, Effect.Status.DONE, 1, "R-1", NOON);
    List<Notification> followed = followed(Map.of(PAGE_THERE, there));
    assertThat(followed).hasSize(1);
    assertThat(followed.getFirst().endpoint()).isEqualTo(SECOND);
    assertThat(followed.getFirst().needs()).isEqualTo(PAGE_THERE);
    assertThat(followed.getFirst().id()).isEqualTo(SecondChannel.idOf("resolve-inc1"));
    assertThat(followed.getFirst().content()).isEqualTo(resolve("inc1").content());
  }

  @Test
  void pageThatNeverWentThere_isNot() {
    assertThat(followed(Map.of())).isEmpty();
  }
}
