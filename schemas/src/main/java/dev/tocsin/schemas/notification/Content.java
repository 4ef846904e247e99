// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.notification;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.incident.IncidentStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is to be told. Plain text throughout: a channel escapes and cuts to its vendor's limits. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Content {

  /** Wake somebody. */
  @JsonTypeName("page")
  record Page(
      String dedupKey,
      String summary,
      Severity severity,
      String source,
      Instant since,
      @Nullable String component,
      @Nullable String group,
      Map<String, String> details,
      List<Link> links)
      implements Content {}

  /** Tell the pager that somebody has it. */
  @JsonTypeName("page-acknowledge")
  record PageAcknowledge(String dedupKey) implements Content {}

  /** Tell the pager more about an open page, without waking anybody again. */
  @JsonTypeName("page-note")
  record PageNote(String dedupKey, String text) implements Content {}

  /** Tell the pager that it is over. */
  @JsonTypeName("page-resolve")
  record PageResolve(String dedupKey) implements Content {}

  /** Open a ticket. Its receipt is the ticket's key. */
  @JsonTypeName("ticket")
  record Ticket(
      String mark,
      String summary,
      Severity severity,
      List<Paragraph> text,
      List<String> labels,
      List<Link> links)
      implements Content {}

  /** Say something on the ticket that was opened under the same mark. */
  @JsonTypeName("ticket-comment")
  record TicketComment(String mark, String commentMark, List<Paragraph> text) implements Content {}

  /** Close the ticket that was opened under the same mark. */
  @JsonTypeName("ticket-resolve")
  record TicketResolve(String mark, String text) implements Content {}

  /** Put the incident's post into a chat channel. Its receipt is what the chat calls it. */
  @JsonTypeName("post")
  record Post(String mark, Card card) implements Content {}

  /** Have the post that was put under the same mark say how things stand now. */
  @JsonTypeName("post-edit")
  record PostEdit(String mark, Card card) implements Content {}

  /**
   * Say something in the thread of the post that was put under the same mark.
   *
   * @param loud whether the channel is to see it too, and not only who follows the thread
   */
  @JsonTypeName("post-reply")
  record PostReply(String mark, String replyMark, boolean loud, List<Paragraph> text)
      implements Content {}

  /** Send an event to a subscriber: {@code body} is CloudEvents JSON, signed as it stands. */
  @JsonTypeName("event")
  record Event(String eventId, String eventType, String body) implements Content {}

  /**
   * How an incident stands.
   *
   * @param standing the same in a sentence: since when, who has it, how it ended
   */
  record Card(
      String headline,
      Severity severity,
      IncidentStatus status,
      String standing,
      List<Paragraph> text,
      List<Link> links) {}

  /** A heading (may be empty), and lines below it. */
  record Paragraph(String heading, List<String> lines) {}

  /** A place to look. */
  record Link(String text, String href) {}

  /** All that {@link #kind()} may say. */
  List<String> KINDS =
      List.of(
          "page",
          "page-acknowledge",
          "page-note",
          "page-resolve",
          "ticket",
          "ticket-comment",
          "ticket-resolve",
          "post",
          "post-edit",
          "post-reply",
          "event");

  /** Its name in ids, metrics and the console. */
  default String kind() {
    return switch (this) {
      case Page _ -> "page";
      case PageAcknowledge _ -> "page-acknowledge";
      case PageNote _ -> "page-note";
      case PageResolve _ -> "page-resolve";
      case Ticket _ -> "ticket";
      case TicketComment _ -> "ticket-comment";
      case TicketResolve _ -> "ticket-resolve";
      case Post _ -> "post";
      case PostEdit _ -> "post-edit";
      case PostReply _ -> "post-reply";
      case Event _ -> "event";
    };
  }
}
