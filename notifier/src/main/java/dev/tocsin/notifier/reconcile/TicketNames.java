// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import dev.tocsin.notifier.channel.call.HttpCalls;
import dev.tocsin.notifier.channel.call.Reply;
import dev.tocsin.notifier.channel.call.Status;
import dev.tocsin.notifier.channel.jira.JiraRest;
import dev.tocsin.notifier.channel.jira.JiraSettings;
import dev.tocsin.schemas.callback.Callback;
import dev.tocsin.schemas.callback.Change;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import tools.jackson.databind.JsonNode;

/** The labels of Jira's issues, and whose its comments are: both carry our property. */
final class TicketNames implements Names {

  private final JiraSettings settings;
  private final JiraRest rest;
  private final HttpCalls calls;
  private final InstantSource clock;

  TicketNames(JiraSettings settings, HttpCalls calls, InstantSource clock) {
    this.settings = settings;
    this.rest = new JiraRest(settings);
    this.calls = calls;
    this.clock = clock;
  }

  @Override
  public Answer mark(String object) {
    if (!settings.isConfigured()) {
      return new Answer.NoToken();
    }
    Reply reply =
        calls.make(
            rest.get(
                "/issue/" + encoded(object) + "?fields=labels&properties=" + JiraRest.PROPERTY));
    return reply instanceof Reply.Answered answered && answered.status() == Status.TAKEN
        ? mark(answered.json())
        : Answer.without(reply, JiraPoll.TOKEN, clock.instant());
  }

  /** By property first: people take labels off. */
  private static Answer mark(JsonNode issue) {
    String property = issue.path("properties").path(JiraRest.PROPERTY).path("mark").asString("");
    return property.isEmpty()
        ? Answer.firstOf(
            issue.path("fields").path("labels").valueStream().map(label -> label.asString("")))
        : Answer.of(Mark.label(property));
  }

  @Override
  public boolean isByUs(Callback callback, Change.Noted noted) throws Unanswered {
    if (!settings.isConfigured()) {
      return false;
    }
    Reply reply =
        calls.make(
            rest.get("/comment/" + encoded(noted.note()) + "/properties/" + JiraRest.PROPERTY));
    if (reply instanceof Reply.Answered answered) {
      if (answered.status() == Status.TAKEN) {
        return true;
      }
      if (answered.status() == Status.NOT_FOUND) {
        return false;
      }
    }
    throw new Unanswered(Fault.of(reply, JiraPoll.TOKEN, clock.instant()));
  }

  private static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8);
  }
}
