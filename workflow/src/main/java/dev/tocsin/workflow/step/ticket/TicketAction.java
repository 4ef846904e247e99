// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.step.ticket;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Opens a ticket, one for all epochs of an incident: a reopened incident goes on in the ticket it
 * has.
 */
public final class TicketAction implements StepAction {

  private final String consoleUrl;

  public TicketAction(String consoleUrl) {
    this.consoleUrl = consoleUrl;
  }

  @Override
  public String kind() {
    return "ticket";
  }

  @Override
  public List<Option> options() {
    return List.of(Option.endpoint("to", "jira"));
  }

  @Override
  public Beginning begin(Situation situation, Options options, String id) {
    Incident incident = situation.incident();
    String endpoint = options.text("to", "jira/default");
    Opened before = situation.openedAt(endpoint);
    if (before != null && before.epoch() == incident.epoch()) {
      return new Beginning.Nothing(
          "playbook " + before.playbook() + " has a ticket at " + endpoint + " already");
    }
    List<Paragraph> text =
        Briefing.of(incident, situation.context(), situation.contextComing(), situation.now());
    if (before != null && before.mayExist()) {
      List<Paragraph> reopened = new ArrayList<>();
      reopened.add(new Paragraph("Reopened", List.of(Phrases.reopened(incident))));
      reopened.addAll(text);
      return new Beginning.TakesUp(
          before, new Content.TicketComment(before.name(), id, List.copyOf(reopened)));
    }
    String mark = incident.id();
    return new Beginning.Opens(
        endpoint,
        mark,
        new Content.Ticket(
            mark,
            Phrases.headline(incident),
            incident.severity(),
            text,
            List.of("tocsin", "severity-" + incident.severity().name().toLowerCase(Locale.ROOT)),
            Places.of(incident, consoleUrl)));
  }

  @Override
  public @Nullable Content follow(Situation situation, Opened opened, News news, String id) {
    if (news instanceof News.Happened(IncidentEvent.Resolved e)) {
      return opened.closed() || opened.saidBy(e.via())
          ? null
          : new Content.TicketResolve(opened.name(), Phrases.resolved(situation.incident(), e));
    }
    List<Paragraph> text = text(opened, news);
    return text.isEmpty() ? null : new Content.TicketComment(opened.name(), id, text);
  }

  /** What is worth a comment. Findings and people's notes are, even when all is over. */
  private static List<Paragraph> text(Opened opened, News news) {
    return switch (news) {
      case News.Found(var context) -> Briefing.ofContext(context);
      case News.Happened(IncidentEvent.NoteAdded e) ->
          opened.saidBy(e.via()) ? List.of() : paragraph("Note", Phrases.note(e));
      case News.Happened(var event) -> opened.closed() ? List.of() : moved(event, opened);
      case News.Gathered g -> opened.closed() ? List.of() : List.of(Briefing.ofGathered(g.all()));
      case News.Undelivered(var lost, var why) ->
          paragraph("Not delivered", Phrases.undelivered(lost.kind(), lost.endpoint(), why));
    };
  }

  private static List<Paragraph> moved(IncidentEvent event, Opened opened) {
    return switch (event) {
      case IncidentEvent.Acknowledged e when !opened.saidBy(e.via()) ->
          paragraph("Acknowledged", Phrases.acknowledged(e));
      case IncidentEvent.SeverityRaised e -> paragraph("Severity raised", Phrases.raised(e));
      case IncidentEvent.MovedOut e -> paragraph("Moved", Phrases.moved(e));
      case IncidentEvent.MovedIn e -> paragraph("Moved", Phrases.moved(e));
      default -> List.of();
    };
  }

  private static List<Paragraph> paragraph(String heading, String line) {
    return List.of(new Paragraph(heading, List.of(line)));
  }
}
