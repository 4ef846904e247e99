// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.setting;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.tocsin.schemas.alert.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something configured while the program runs. Its key is {@code <kind>/<id>}; a tombstone takes it
 * back.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Setting {

  /**
   * A standing wish to hear of events.
   *
   * @param events event types, {@code *} at the end matches the rest: {@code dev.tocsin.incident.*}
   * @param filter null lets all through
   * @param secretVersion which derived secret signs; see {@link
   *     dev.tocsin.schemas.signature.SubscriptionSecret}
   * @param formerSecretUntil until when the secret of the version before signs too; null when it
   *     does not
   */
  @JsonTypeName("subscription")
  record Subscription(
      String id,
      String url,
      List<String> events,
      @Nullable Filter filter,
      int secretVersion,
      boolean active,
      String createdBy,
      Instant createdAt,
      @Nullable Instant formerSecretUntil)
      implements Setting {

    /** One whose secret was never changed. */
    public Subscription(
        String id,
        String url,
        List<String> events,
        @Nullable Filter filter,
        int secretVersion,
        boolean active,
        String createdBy,
        Instant createdAt) {
      this(id, url, events, filter, secretVersion, active, createdBy, createdAt, null);
    }
  }

  /**
   * Says that nothing goes out to a subscription until this is taken back. It is a setting of its
   * own, so that whoever disables and whoever changes the subscription never undo each other's.
   *
   * @param id the subscription's
   * @param by who did it: a person, or {@code notifier} after days of failure
   */
  @JsonTypeName("disabled")
  record Disabled(String id, String by, String reason, Instant since) implements Setting {}

  /** Which incidents a subscriber wants to hear of. Null members let all through. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Filter(@Nullable Severity atLeast, @Nullable Map<String, String> labels) {}

  /** Says that investigations are done by a model: then a page waits for one. */
  @JsonTypeName("model")
  record Model(String id, String name, Instant since) implements Setting {}

  /**
   * Says what a channel cannot do as it is configured, so that nobody plans it.
   *
   * @param id the channel's name: the part of an endpoint's id before the slash
   * @param refused why, by {@link dev.tocsin.schemas.notification.Content#kind()}
   */
  @JsonTypeName("channel")
  record Channel(String id, Map<String, String> refused, Instant since) implements Setting {}

  /**
   * Holds matching alerts back for a time; with a recurrence, time and again: a maintenance window.
   *
   * @param version 1 at first; grows with each change
   * @param matchers all of them have to match
   * @param startsAt when it begins, or with a recurrence, its first time (DTSTART)
   * @param endsAt when it ends, or with a recurrence, when its first time does (DTEND)
   * @param reason why, for people
   * @param expiredAt when somebody ended it before its time
   */
  @JsonTypeName("silence")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Silence(
      String id,
      int version,
      List<Matcher> matchers,
      Instant startsAt,
      Instant endsAt,
      @Nullable Recurrence recurrence,
      String reason,
      String createdBy,
      Instant createdAt,
      @Nullable Instant expiredAt,
      @Nullable String expiredBy)
      implements Setting {}

  /**
   * While an alert fires that matches on the source side, those that match on the target side and
   * have the same values of some labels are held back.
   *
   * @param version 1 at first; grows with each change
   * @param equal labels; two alerts that both lack one have the same value of it
   * @param reason why, for people
   */
  @JsonTypeName("inhibition")
  record Inhibition(
      String id,
      int version,
      List<Matcher> sourceMatchers,
      List<Matcher> targetMatchers,
      List<String> equal,
      String reason,
      String createdBy,
      Instant createdAt)
      implements Setting {}

  /**
   * What one label has to be. A label that is not there is an empty one.
   *
   * @param operator {@code =}, {@code !=}, {@code =~} or {@code !~}
   * @param value text; with a tilde, a regular expression (RE2) for all of the label's value
   */
  record Matcher(String label, String operator, String value) {}

  /**
   * When something comes again.
   *
   * @param rule an RRULE of RFC 5545, without its name: {@code FREQ=WEEKLY;BYDAY=SU}
   * @param timeZone where the clock hangs that it means: {@code Europe/Berlin}
   */
  record Recurrence(String rule, String timeZone) {}

  String id();

  default String key() {
    return switch (this) {
      case Subscription s -> "subscription/" + s.id();
      case Disabled d -> "disabled/" + d.id();
      case Model m -> "model/" + m.id();
      case Channel c -> "channel/" + c.id();
      case Silence s -> "silence/" + s.id();
      case Inhibition i -> "inhibition/" + i.id();
    };
  }
}
