// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.wording;

import dev.tocsin.schemas.alert.Links;
import dev.tocsin.schemas.incident.Incident;
import dev.tocsin.schemas.incident.IncidentAlert;
import dev.tocsin.schemas.notification.Content.Link;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where to look: the incident in the console first, then what its alerts point to. */
public final class Places {

  private static final int MOST = 12;

  /** Links come from outside: only what a browser fetches from a host is one. */
  private static final Pattern WEB =
      Pattern.compile(
          "https?://[^\\s/\\p{Cntrl}<>\"]+[^\\s\\p{Cntrl}<>\"]*", Pattern.CASE_INSENSITIVE);

  private Places() {}

  public static List<Link> of(Incident incident, String consoleUrl) {
    Map<String, String> byHref = new LinkedHashMap<>();
    byHref.put(
        consoleUrl.replaceAll("/+$", "") + "/incidents/" + incident.id(), "Incident in Tocsin");
    for (IncidentAlert alert : incident.alerts().values()) {
      Links links = alert.links();
      put(byHref, links.runbook(), "Runbook");
      put(byHref, links.panel(), "Panel");
      put(byHref, links.dashboard(), "Dashboard");
      put(byHref, links.generator(), "Alert rule");
      put(byHref, links.silence(), "Silence it at its source");
    }
    List<Link> all = new ArrayList<>();
    byHref.forEach((href, text) -> all.add(new Link(text, href)));
    return all.stream().limit(MOST).toList();
  }

  private static void put(Map<String, String> byHref, @Nullable String href, String text) {
    if (href != null && WEB.matcher(href).matches()) {
      byHref.putIfAbsent(href, text);
    }
  }
}
