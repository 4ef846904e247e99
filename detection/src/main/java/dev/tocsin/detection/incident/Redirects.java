// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.incident;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a person put the conditions of a group, and whose conditions it has taken in.
 *
 * @param all where all go; null when they stay
 * @param some where single ones go, by their identity; to their own group when they stay although
 *     all others go
 * @param takenFrom groups whose conditions came here: they are told when the incident is over
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Redirects(
    @Nullable Redirect all, Map<String, Redirect> some, List<String> takenFrom) {

  static final Redirects NONE = new Redirects(null, Map.of(), List.of());

  /** Beyond this many single ones, a person merges, or splits less. */
  static final int MOST = 100;

  /**
   * @param until when it ends, since the incident there is over; null while that is open
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Redirect(String group, @Nullable Instant until) {

    boolean holds(Instant now) {
      return until == null || now.isBefore(until);
    }
  }

  /** The group a condition goes to; null when it stays. */
  @Nullable String target(String own, String identity, Instant now) {
    Redirect redirect = some.get(identity);
    if (redirect == null || !redirect.holds(now)) {
      redirect = all;
    }
    return redirect == null || !redirect.holds(now) || redirect.group().equals(own)
        ? null
        : redirect.group();
  }

  @JsonIgnore
  boolean areAny() {
    return all != null || !some.isEmpty();
  }

  Redirects toAll(String group) {
    return new Redirects(new Redirect(group, null), Map.of(), takenFrom);
  }

  Redirects toSome(Collection<String> identities, String group) {
    Map<String, Redirect> more = new TreeMap<>(some);
    identities.forEach(identity -> more.put(identity, new Redirect(group, null)));
    return new Redirects(all, more, takenFrom);
  }

  boolean haveRoomFor(int more) {
    return some.size() + more <= MOST;
  }

  /**
   * A person put these here: that is the later wish. With them the group is alive again, and keeps
   * what is its own.
   */
  Redirects here(Collection<String> identities) {
    Map<String, Redirect> fewer = new TreeMap<>(some);
    fewer.keySet().removeAll(identities);
    return new Redirects(null, fewer, takenFrom);
  }

  Redirects tookFrom(String group) {
    if (takenFrom.contains(group)) {
      return this;
    }
    List<String> more = new ArrayList<>(takenFrom);
    more.add(group);
    return new Redirects(
        all, some, List.copyOf(more.subList(Math.max(0, more.size() - MOST), more.size())));
  }

  /** The incident in another group is over, or open again; and what ended before now is dropped. */
  Redirects until(String target, @Nullable Instant until, Instant now) {
    Map<String, Redirect> next = new TreeMap<>();
    some.forEach(
        (identity, redirect) -> {
          Redirect one = until(redirect, target, until, now);
          if (one != null) {
            next.put(identity, one);
          }
        });
    return new Redirects(all == null ? null : until(all, target, until, now), next, takenFrom);
  }

  private static @Nullable Redirect until(
      Redirect redirect, String target, @Nullable Instant until, Instant now) {
    Redirect next =
        redirect.group().equals(target) ? new Redirect(redirect.group(), until) : redirect;
    return next.holds(now) ? next : null;
  }
}
