// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.step.page;

import dev.tocsin.schemas.incident.Incident;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.notification.Content;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Wakes somebody, once for each epoch of an incident and endpoint, whichever playbook asks first.
 */
public final class PageAction implements StepAction {

  private static final List<String> SOURCE_LABELS =
      List.of("instance", "host", "hostname", "pod", "node", "service");
  private static final List<String> COMPONENT_LABELS =
      List.of("service", "app", "application", "component", "job", "container");
  private static final List<String> GROUP_LABELS = List.of("namespace", "cluster", "team");

  private final String consoleUrl;

  public PageAction(String consoleUrl) {
    this.consoleUrl = consoleUrl;
  }

  @Override
  public String kind() {
    return "page";
  }

  @Override
  public List<Option> options() {
    return List.of(Option.endpoint("to", "pagerduty"), Option.severity("severity"));
  }

  @Override
  public Beginning begin(Situation situation, Options options, String id) {
    Incident incident = situation.incident();
    String endpoint = options.text("to", "pagerduty/default");
    Opened before = situation.openedAt(endpoint);
    if (before != null && before.epoch() == incident.epoch()) {
      return new Beginning.Nothing(
          "playbook " + before.playbook() + " pages " + endpoint + " for this incident already");
    }
    String dedupKey = "tocsin-" + incident.id() + '-' + incident.epoch();
    return new Beginning.Opens(endpoint, dedupKey, page(dedupKey, endpoint, situation, options));
  }

  private Content.Page page(
      String dedupKey, String endpoint, Situation situation, Options options) {
    Incident incident = situation.incident();
    Map<String, String> labels = Phrases.commonLabels(incident);
    Map<String, String> details = new LinkedHashMap<>();
    // What cannot follow is not promised.
    boolean coming = situation.contextComing() && situation.means().takesNotes(endpoint);
    Briefing.of(incident, situation.context(), coming, situation.now())
        .forEach(p -> details.put(p.heading(), String.join("\n", p.lines())));
    String source = first(labels, SOURCE_LABELS);
    return new Content.Page(
        dedupKey,
        Phrases.headline(incident),
        options.severity("severity", incident.severity()),
        source == null ? Phrases.sources(incident) : source,
        Phrases.since(incident),
        first(labels, COMPONENT_LABELS),
        first(labels, GROUP_LABELS),
        details,
        Places.of(incident, consoleUrl));
  }

  private static @Nullable String first(Map<String, String> labels, List<String> names) {
    return names.stream().map(labels::get).filter(v -> v != null).findFirst().orElse(null);
  }

  @Override
  public @Nullable Content follow(Situation situation, Opened opened, News news, String id) {
    if (opened.closed()) {
      return null;
    }
    return switch (news) {
      case News.Happened(IncidentEvent event) -> follow(opened, event);
      case News.Found(var context) -> note(opened, Phrases.text(Briefing.ofContext(context)));
      // A note at the pager counts against the same pace as a page: small things stay away.
      case News.Gathered _, News.Undelivered _ -> null;
    };
  }

  private static @Nullable Content follow(Opened opened, IncidentEvent event) {
    return switch (event) {
      case IncidentEvent.Acknowledged e when !opened.saidBy(e.via()) ->
          new Content.PageAcknowledge(opened.name());
      case IncidentEvent.Resolved e when !opened.saidBy(e.via()) ->
          new Content.PageResolve(opened.name());
      case IncidentEvent.NoteAdded e when !opened.saidBy(e.via()) -> note(opened, Phrases.note(e));
      case IncidentEvent.SeverityRaised e -> note(opened, Phrases.raised(e));
      case IncidentEvent.MovedOut e -> note(opened, Phrases.moved(e));
      case IncidentEvent.MovedIn e -> note(opened, Phrases.moved(e));
      default -> null;
    };
  }

  private static Content note(Opened opened, String text) {
    return new Content.PageNote(opened.name(), text);
  }
}
