// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.topic;

import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.incident.IncidentStatus;
import dev.tocsin.schemas.notification.Content;
import java.util.List;
import java.util.Map;

/** One content of each kind, a page also with as little as allowed. */
final class ContentSpecimens {

  private static final Content.Card CARD =
      new Content.Card(
          "Checkout fails",
          Severity.ERROR,
          IncidentStatus.ACKNOWLEDGED,
          "Open, ana has it.",
          List.of(new Content.Paragraph("What", List.of("5xx"))),
          List.of(new Content.Link("Incident", "http://c")));

  static final List<Content> ALL =
      List.of(
          new Content.Page(
              "tocsin-inc_a-1",
              "Checkout fails",
              Severity.CRITICAL,
              "grafana",
              Specimens.AT,
              "checkout",
              Specimens.GROUP,
              Map.of("B", "0.1"),
              List.of(new Content.Link("Dashboard", "http://d"))),
          new Content.Page(
              "k", "s", Severity.INFO, "grafana", Specimens.AT, null, null, Map.of(), List.of()),
          new Content.PageAcknowledge("k"),
          new Content.PageNote("k", "more is known"),
          new Content.PageResolve("k"),
          new Content.Ticket(
              "mark",
              "Checkout fails",
              Severity.ERROR,
              List.of(new Content.Paragraph("What", List.of("5xx"))),
              List.of("tocsin"),
              List.of(new Content.Link("Incident", "http://c"))),
          new Content.TicketComment("mark", "mark-2", List.of()),
          new Content.TicketResolve("mark", "over"),
          new Content.Post("mark-1", CARD),
          new Content.PostEdit("mark-1", CARD),
          new Content.PostReply("mark-1", "dlv_b", true, List.of()),
          new Content.Event("evt_a", "dev.tocsin.incident.opened", "{\"id\":\"evt_a\"}"));

  private ContentSpecimens() {}
}
