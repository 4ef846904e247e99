// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import dev.tocsin.notifier.channel.call.HttpCalls;
import dev.tocsin.notifier.channel.call.Reply;
import dev.tocsin.notifier.channel.call.Status;
import dev.tocsin.notifier.channel.pagerduty.NoteMark;
import dev.tocsin.notifier.channel.pagerduty.PagerDutyRest;
import dev.tocsin.notifier.channel.pagerduty.PagerDutySettings;
import dev.tocsin.schemas.callback.Callback;
import dev.tocsin.schemas.callback.Change;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/**
 * The dedup keys of PagerDuty's incidents. On services that keep alerts below incidents, the key is
 * the alert's.
 */
final class PageNames implements Names {

  private final PagerDutySettings settings;
  private final PagerDutyRest rest;
  private final HttpCalls calls;
  private final InstantSource clock;

  PageNames(PagerDutySettings settings, HttpCalls calls, InstantSource clock) {
    this.settings = settings;
    this.rest = new PagerDutyRest(settings);
    this.calls = calls;
    this.clock = clock;
  }

  @Override
  public Answer mark(String object) {
    if (!settings.hasToken()) {
      return new Answer.NoToken();
    }
    String path = "/incidents/" + URLEncoder.encode(object, StandardCharsets.UTF_8);
    Reply reply = calls.make(rest.get(path));
    if (!(reply instanceof Reply.Answered answered) || answered.status() != Status.TAKEN) {
      return unanswered(reply);
    }
    String key = answered.json().path("incident").path("incident_key").asString("");
    return key.isEmpty() ? markOfAlert(path) : Answer.of(key);
  }

  private Answer markOfAlert(String path) {
    Reply reply = calls.make(rest.get(path + "/alerts?limit=100"));
    if (!(reply instanceof Reply.Answered answered) || answered.status() != Status.TAKEN) {
      return unanswered(reply);
    }
    return Answer.firstOf(
        answered
            .json()
            .path("alerts")
            .valueStream()
            .map(alert -> alert.path("alert_key").asString("")));
  }

  private Answer unanswered(Reply reply) {
    return Answer.without(reply, PagerDutyPoll.TOKEN, clock.instant());
  }

  @Override
  public boolean isByUs(Callback callback, Change.Noted noted) {
    return NoteMark.isOn(noted.text());
  }
}
