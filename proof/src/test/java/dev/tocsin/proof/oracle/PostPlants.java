// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.oracle;

import static dev.tocsin.proof.oracle.Check.*;
import static dev.tocsin.proof.oracle.Plant.*;

import dev.tocsin.proof.history.Entry;
import java.time.Instant;
import java.util.List;

/** Bugs in what is posted to Slack. */
final class PostPlants {

  private static final String ELSEWHERE = "1.000001";

  static final List<Plant> ALL =
      List.of(
          new Plant("no run plans the post", POST_LOST, without(h -> call(h, "post"))),
          new Plant(
              "a refusal with status 200 counts as posted",
              POST_LOST,
              replaced(h -> call(h, "post"), PostPlants::refused)),
          new Plant(
              "a post is made again without a look",
              POST_DOUBLED,
              added(h -> at(call(h, "post"), end(h), ELSEWHERE))),
          new Plant(
              "a reply is made again without a look", REPLY_DOUBLED, added(h -> call(h, "reply"))),
          new Plant("a reply is given up", REPLY_LOST, without(h -> call(h, "reply"))),
          new Plant(
              "the post is not edited when it is over",
              POST_LEFT_OPEN,
              without(h -> call(h, "edit"))),
          new Plant(
              "the last edit says open",
              POST_LEFT_OPEN,
              replaced(h -> call(h, "edit"), edit -> showing(edit, "open", edit.at()))),
          new Plant(
              "an edit goes to another's post",
              POST_LEFT_OPEN,
              replaced(h -> call(h, "edit"), edit -> at(edit, edit.at(), ELSEWHERE))),
          new Plant(
              "an older edit overtakes the last",
              POST_DISORDERED,
              added(h -> showing(call(h, "edit"), "acknowledged", end(h)))),
          new Plant(
              "a post says that it is over, and it is not",
              POST_CLOSED,
              replaced(PostPlants::stillOpen, post -> showing(post, "resolved", post.at()))),
          new Plant(
              "a post of an aborted transaction is made",
              POST_UNASKED,
              added(h -> renamed(at(call(h, "post"), start(h), ELSEWHERE), "inc_never-1", ""))),
          new Plant(
              "a reply of an aborted transaction is made",
              POST_UNASKED,
              added(h -> renamed(call(h, "reply"), call(h, "reply").mark(), "another"))),
          new Plant(
              "a reply is below another's post",
              POST_UNASKED,
              replaced(h -> call(h, "reply"), reply -> at(reply, reply.at(), ELSEWHERE))));

  private PostPlants() {}

  // What to plant on.

  private static Entry.Posted call(List<Entry> history, String change) {
    return first(history, Entry.Posted.class, p -> p.taken() && p.change().equals(change));
  }

  private static Entry.Posted stillOpen(List<Entry> history) {
    return first(
        history,
        Entry.Posted.class,
        post ->
            post.taken()
                && post.change().equals("post")
                && history.stream()
                    .noneMatch(
                        e ->
                            e instanceof Entry.Sent s
                                && !s.firing()
                                && s.service().equals(post.service())));
  }

  private static Instant start(List<Entry> history) {
    return history.getFirst().at();
  }

  private static Instant end(List<Entry> history) {
    return history.stream().map(Entry::at).max(Instant::compareTo).orElseThrow();
  }

  // What to make of it.

  private static Entry.Posted refused(Entry.Posted p) {
    return new Entry.Posted(
        p.at(),
        p.answeredAt(),
        p.fault(),
        false,
        200,
        p.change(),
        "",
        p.mark(),
        p.reply(),
        p.shows(),
        p.service());
  }

  private static Entry.Posted at(Entry.Posted p, Instant at, String post) {
    return new Entry.Posted(
        at,
        at,
        p.fault(),
        true,
        200,
        p.change(),
        post,
        p.mark(),
        p.reply(),
        p.shows(),
        p.service());
  }

  private static Entry.Posted showing(Entry.Posted p, String shows, Instant at) {
    return new Entry.Posted(
        at,
        at,
        p.fault(),
        true,
        200,
        p.change(),
        p.post(),
        p.mark(),
        p.reply(),
        shows,
        p.service());
  }

  private static Entry.Posted renamed(Entry.Posted p, String mark, String reply) {
    return new Entry.Posted(
        p.at(),
        p.answeredAt(),
        p.fault(),
        true,
        200,
        p.change(),
        p.post(),
        mark,
        reply,
        p.shows(),
        p.service());
  }
}
