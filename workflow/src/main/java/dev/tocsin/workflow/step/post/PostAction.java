// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.step.post;

import dev.tocsin.schemas.incident.Incident;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Content.Paragraph;
import dev.tocsin.workflow.step.Beginning;
import dev.tocsin.workflow.step.News;
import dev.tocsin.workflow.step.Opened;
import dev.tocsin.workflow.step.Option;
import dev.tocsin.workflow.step.Options;
import dev.tocsin.workflow.step.Situation;
import dev.tocsin.workflow.step.StepAction;
import dev.tocsin.workflow.wording.Briefing;
import dev.tocsin.workflow.wording.Phrases;
import dev.tocsin.workflow.wording.Places;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts one post into a chat channel for each epoch of an incident. The post itself always says how
 * things stand; what happens on the way is said in its thread.
 */
public final class PostAction implements StepAction {

  private static final String CHANNEL = "slack";

  private final String consoleUrl;

  public PostAction(String consoleUrl) {
    this.consoleUrl = consoleUrl;
  }

  @Override
  public String kind() {
    return "post";
  }

  @Override
  public List<Option> options() {
    return List.of(Option.endpoint("to", CHANNEL));
  }

  @Override
  public Beginning begin(Situation situation, Options options, String id) {
    Incident incident = situation.incident();
    String endpoint = options.text("to", CHANNEL + "/default");
    if (!situation.means().isAnnounced(CHANNEL)) {
      // Unlike the way to a page: an older notifier could not even read it.
      return new Beginning.Nothing("the notifier has not said yet that it can post");
    }
    Opened before = situation.openedAt(endpoint);
    if (before != null && before.epoch() == incident.epoch()) {
      return new Beginning.Nothing(
          "playbook " + before.playbook() + " has a post at " + endpoint + " already");
    }
    String mark = incident.id() + '-' + incident.epoch();
    return new Beginning.Opens(
        endpoint, mark, new Content.Post(mark, card(situation, Phrases.standing(incident))));
  }

  private Content.Card card(Situation situation, String standing) {
    Incident incident = situation.incident();
    return new Content.Card(
        Phrases.headline(incident),
        incident.severity(),
        incident.status(),
        standing,
        Briefing.of(incident, situation.context(), situation.contextComing(), situation.now()),
        Places.of(incident, consoleUrl));
  }

  @Override
  public @Nullable Content follow(Situation situation, Opened opened, News news, String id) {
    return switch (news) {
      case News.Happened(IncidentEvent event) -> follow(situation, opened, event, id);
      case News.Found(var context) -> reply(opened, id, false, Briefing.ofContext(context));
      case News.Gathered gathered ->
          opened.closed()
              ? null
              : reply(opened, id, false, List.of(Briefing.ofGathered(gathered.all())));
      case News.Undelivered(var lost, var why) ->
          say(opened, id, true, Phrases.undelivered(lost.kind(), lost.endpoint(), why));
    };
  }

  private @Nullable Content follow(
      Situation situation, Opened opened, IncidentEvent event, String id) {
    if (event instanceof IncidentEvent.NoteAdded e) {
      return opened.saidBy(e.via()) ? null : say(opened, id, false, Phrases.note(e));
    }
    if (opened.closed()) {
      return null;
    }
    return switch (event) {
      // What was done from here changes the post as well: pressing a button does not.
      case IncidentEvent.Acknowledged _, IncidentEvent.SeverityRaised _ ->
          new Content.PostEdit(
              opened.name(), card(situation, Phrases.standing(situation.incident())));
      case IncidentEvent.Resolved e ->
          new Content.PostEdit(
              opened.name(), card(situation, Phrases.resolved(situation.incident(), e)));
      case IncidentEvent.MovedOut e -> say(opened, id, false, Phrases.moved(e));
      case IncidentEvent.MovedIn e -> say(opened, id, false, Phrases.moved(e));
      default -> null;
    };
  }

  private static Content say(Opened opened, String id, boolean loud, String sentence) {
    return reply(opened, id, loud, List.of(new Paragraph("", List.of(sentence))));
  }

  private static Content reply(Opened opened, String id, boolean loud, List<Paragraph> text) {
    return new Content.PostReply(opened.name(), id, loud, text);
  }
}
