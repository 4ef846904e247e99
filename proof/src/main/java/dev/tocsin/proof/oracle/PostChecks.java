// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.oracle;

import dev.tocsin.proof.history.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One post in Slack for each epoch of an incident, which says in the end how the incident stands,
 * and no reply twice. Posts are owed since the notifier has said that it can make them.
 */
final class PostChecks {

  private static final String OVER = "resolved";

  private final Facts facts;
  private final List<Finding> findings = new ArrayList<>();

  /** What Slack took, in its order. */
  private final List<Entry.Posted> taken;

  /** What posts are called, by the timestamp that Slack gave them. */
  private final Map<String, String> marks = new HashMap<>();

  /** What posts say in the end, by the same. */
  private final Map<String, String> shown = new HashMap<>();

  PostChecks(Facts facts) {
    this.facts = facts;
    this.taken = facts.posts.stream().filter(Entry.Posted::taken).toList();
    changes("post").forEach(post -> marks.put(post.post(), post.mark()));
    taken.stream()
        .filter(call -> !call.isInThread())
        .forEach(call -> shown.put(call.post(), call.shows()));
  }

  List<Finding> findings() {
    if (facts.last(Entry.Announced.class) != null) {
      owed();
    }
    doubled();
    orders();
    replies();
    unasked();
    return findings;
  }

  private void owed() {
    Map<String, List<Entry.Posted>> posts = Facts.by(changes("post"), Entry.Posted::mark);
    for (String service : facts.fired) {
      Set<String> epochs = facts.epochs(service);
      if (epochs.isEmpty() || !posts.keySet().containsAll(epochs)) {
        add(Check.POST_LOST, service);
      }
      for (String mark : epochs) {
        posts.getOrDefault(mark, List.of()).forEach(post -> standing(service, post));
      }
    }
  }

  private void standing(String service, Entry.Posted post) {
    boolean saysOver = OVER.equals(shown.get(post.post()));
    if (facts.resolved.contains(service) && !saysOver) {
      add(Check.POST_LEFT_OPEN, "%s: %s".formatted(service, post.mark()));
    }
    if (saysOver && !facts.triedToResolve.contains(service)) {
      add(Check.POST_CLOSED, "%s: %s".formatted(service, post.mark()));
    }
  }

  private void doubled() {
    Facts.by(changes("post"), Entry.Posted::mark)
        .forEach(
            (mark, posts) -> {
              if (posts.size() > 1) {
                add(
                    Check.POST_DOUBLED,
                    "%s: %s".formatted(mark, posts.stream().map(Entry.Posted::post).toList()));
              }
            });
  }

  /** Once a post has said that it is over, it says nothing else. */
  private void orders() {
    Set<String> over = new HashSet<>();
    for (Entry.Posted call : taken) {
      if (call.shows().equals(OVER)) {
        over.add(call.mark());
      } else if (!call.isInThread() && over.contains(call.mark())) {
        add(
            Check.POST_DISORDERED,
            "%s says %s at %s".formatted(call.mark(), call.shows(), call.at()));
      }
    }
  }

  private void replies() {
    Map<String, List<Entry.Posted>> replies = Facts.by(changes("reply"), Entry.Posted::reply);
    replies.forEach(
        (reply, calls) -> {
          if (calls.size() > 1) {
            add(Check.REPLY_DOUBLED, "%s times %d".formatted(reply, calls.size()));
          }
        });
    facts.all(Entry.Delivered.class).stream()
        .filter(plan -> plan.kind().equals("post-reply") && !plan.status().equals("CANCELLED"))
        .filter(plan -> !replies.containsKey(plan.mark()))
        .forEach(plan -> add(Check.REPLY_LOST, plan.mark() + " of " + plan.incident()));
  }

  /** Whatever is there was planned, and edits and replies are at the post of their epoch. */
  private void unasked() {
    for (Entry.Posted call : taken) {
      if (!call.mark().equals(marks.get(call.post()))) {
        add(
            Check.POST_UNASKED,
            "%s of %s at %s".formatted(call.change(), call.mark(), call.post()));
      }
    }
    Entry.Surveyed surveyed = facts.last(Entry.Surveyed.class);
    if (surveyed != null) {
      unplanned("post", "post", Entry.Posted::mark, surveyed.at());
      unplanned("edit", "post-edit", Entry.Posted::mark, surveyed.at());
      unplanned("reply", "post-reply", Entry.Posted::reply, surveyed.at());
    }
  }

  private void unplanned(
      String change, String kind, Function<Entry.Posted, String> name, Instant surveyed) {
    Set<String> planned =
        facts.all(Entry.Delivered.class).stream()
            .filter(plan -> plan.kind().equals(kind))
            .map(Entry.Delivered::mark)
            .collect(Collectors.toSet());
    changes(change).stream()
        .filter(call -> call.at().isBefore(surveyed))
        .filter(call -> !planned.contains(name.apply(call)))
        .forEach(call -> add(Check.POST_UNASKED, change + ' ' + name.apply(call)));
  }

  private List<Entry.Posted> changes(String change) {
    return taken.stream().filter(call -> call.change().equals(change)).toList();
  }

  private void add(Check check, String what) {
    findings.add(new Finding(check, what));
  }
}
