// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import static dev.tocsin.notifier.Samples.NOON;
import static dev.tocsin.notifier.reconcile.CallbackRulesTest.callback;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.callback.Callback;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeardTest {

  private final Heard heard = new Heard();

  @Test
  void repeat_isKnownByItsId() {
    Callback callback = callback("pagerduty", "acknowledged", NOON);
    assertThat(heard.judge(callback, NOON)).isEqualTo(Heard.News.NEW);
    heard.remember(callback);
    assertThat(heard.judge(callback, NOON)).isEqualTo(Heard.News.REPEATED);
  }

  @Test
  void earlierStatus_isOverruledByALaterOne_ofTheSameObjectOnly() {
    heard.remember(callback("pagerduty", "resolved", NOON));
    Callback earlier = callback("pagerduty", "acknowledged", NOON.minusSeconds(1));
    assertThat(heard.judge(earlier, NOON)).isEqualTo(Heard.News.OVERRULED);
    assertThat(heard.judge(callback("jira", "moved", NOON.minusSeconds(1)), NOON))
        .isEqualTo(Heard.News.NEW);
    assertThat(heard.judge(callback("pagerduty", "acknowledged", NOON), NOON))
        .isEqualTo(Heard.News.NEW);
  }

  @Test
  void whatIsSaid_overrulesNothing_andIsNotOverruled() {
    heard.remember(callback("pagerduty", "noted", NOON));
    Callback earlier = callback("pagerduty", "acknowledged", NOON.minusSeconds(1));
    assertThat(heard.judge(earlier, NOON)).isEqualTo(Heard.News.NEW);
    heard.remember(callback("pagerduty", "resolved", NOON));
    assertThat(heard.judge(callback("pagerduty", "assigned", NOON.minusSeconds(9)), NOON))
        .isEqualTo(Heard.News.NEW);
  }

  @Test
  void copyOfLongAgo_isTooOld() {
    Callback old = callback("pagerduty", "resolved", NOON.minus(Duration.ofHours(73)));
    assertThat(heard.judge(old, NOON)).isEqualTo(Heard.News.TOO_OLD);
  }
}
