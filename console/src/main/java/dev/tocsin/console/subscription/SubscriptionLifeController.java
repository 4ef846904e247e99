// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.subscription;

import dev.tocsin.console.journal.Journal;
import dev.tocsin.console.problem.Refusal;
import dev.tocsin.console.problem.Refuses;
import dev.tocsin.console.setting.SettingWriter;
import dev.tocsin.console.setting.Settings;
import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.command.Command;
import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.schemas.setting.Setting;
import dev.tocsin.schemas.topic.Topics;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What happens to a subscription between its beginning and its end. */
@RestController
@RequestMapping("/v1/subscriptions/{id}")
@Tag(name = "subscriptions")
public final class SubscriptionLifeController {

  private static final Duration OVERLAP = Duration.ofHours(24);
  private static final Duration LONGEST_OVERLAP = Duration.ofDays(30);
  private static final int LONGEST_REASON = 200;

  private final Subscriptions subscriptions;
  private final Secrets secrets;
  private final SettingWriter writer;
  private final Journal commands;
  private final InstantSource clock;

  public SubscriptionLifeController(
      Settings settings,
      Secrets secrets,
      SettingWriter writer,
      Journal commands,
      InstantSource clock) {
    this.subscriptions = new Subscriptions(settings);
    this.secrets = secrets;
    this.writer = writer;
    this.commands = commands;
    this.clock = clock;
  }

  /**
   * @param overlap for how long the secret of before signs too, as ISO 8601 has it; a day when not
   *     given, and {@code PT0S} drops it at once
   */
  record Rotation(@Nullable Duration overlap) {}

  record Reason(@Nullable String reason) {}

  /** Where to look for the test that was asked for. */
  record Tested(String command, String event, String delivery) {}

  @PostMapping("/rotate")
  @Operation(summary = "Have a new secret and token; the answer holds them, once")
  @Refuses(conflict = "Two secrets are in force already")
  Shown rotate(
      @PathVariable String id,
      @RequestBody(required = false) @Nullable Rotation rotation,
      Principal who) {
    Duration overlap =
        rotation == null || rotation.overlap() == null ? OVERLAP : rotation.overlap();
    if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
      throw Refusal.parameter("overlap", overlap, "between PT0S and P30D");
    }
    return writer.inTurn(id, () -> rotate(id, overlap, who.getName()));
  }

  private Shown rotate(String id, Duration overlap, String by) {
    Setting.Subscription before = subscriptions.get(id);
    Instant now = clock.instant();
    Instant until = before.formerSecretUntil();
    if (until != null && until.isAfter(now) && !overlap.isZero()) {
      throw Refusal.conflict(
          ("two secrets sign until %s, and a third would drop the first of them early;"
                  + " an overlap of PT0S drops all but the new one at once")
              .formatted(until));
    }
    Setting.Subscription after =
        new Setting.Subscription(
            id,
            before.url(),
            before.events(),
            before.filter(),
            before.secretVersion() + 1,
            before.active(),
            before.createdBy(),
            before.createdAt(),
            overlap.isZero() ? null : now.plus(overlap));
    Shown shown = subscriptions.shown(after).with(secrets);
    writer.write(
        by,
        "subscription.rotate",
        "version %d, overlap %s".formatted(after.secretVersion(), overlap),
        after);
    return shown;
  }

  @PostMapping("/test")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(summary = "Send dev.tocsin.subscription.test the way all events go")
  @Refuses(conflict = "It is disabled")
  Tested test(@PathVariable String id, Principal who) {
    Setting.Subscription subscription = subscriptions.get(id);
    refuseDisabled(subscriptions, id);
    Instant now = clock.instant();
    String by = who.getName();
    String endpoint = Shown.endpoint(id);
    Command.TestSubscription command =
        new Command.TestSubscription(
            ContentId.of("cmd", "test", id, by, now), endpoint, by, "console", now);
    commands.write(
        by,
        "subscription.test",
        id,
        subscription.url(),
        Journal.record(Topics.COMMANDS, endpoint, command));
    return new Tested(
        command.id(), command.eventId(), Notification.deliveryId(id, command.eventId()));
  }

  @PostMapping("/disable")
  @Operation(summary = "Send nothing until it is enabled; what is planned waits for up to 7 days")
  Shown disable(
      @PathVariable String id,
      @RequestBody(required = false) @Nullable Reason given,
      Principal who) {
    String reason = given == null || given.reason() == null ? "by hand" : given.reason().strip();
    if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
      throw Refusal.parameter(
          "reason", reason, "text of 1 to %d characters".formatted(LONGEST_REASON));
    }
    return writer.inTurn(id, () -> disable(id, reason, who.getName()));
  }

  private Shown disable(String id, String reason, String by) {
    Setting.Subscription subscription = subscriptions.get(id);
    Setting.Disabled before = subscriptions.disabled(id).orElse(null);
    if (before != null) {
      return Shown.of(subscription, before);
    }
    Setting.Disabled disabled = new Setting.Disabled(id, by, reason, clock.instant());
    writer.write(by, "subscription.disable", reason, disabled);
    return Shown.of(subscription, disabled);
  }

  @PostMapping("/enable")
  @Operation(summary = "Go on from where it stopped")
  Shown enable(@PathVariable String id, Principal who) {
    return writer.inTurn(id, () -> enable(id, who.getName()));
  }

  private Shown enable(String id, String by) {
    Setting.Subscription subscription = subscriptions.get(id);
    subscriptions.disabled(id).ifPresent(d -> writer.takeBack(by, "subscription.enable", "", d));
    return Shown.of(subscription, null);
  }

  static void refuseDisabled(Subscriptions subscriptions, String id) {
    subscriptions
        .disabled(id)
        .ifPresent(
            d -> {
              throw Refusal.conflict(
                  "subscription %s is disabled by %s since %s (%s): enable it first"
                      .formatted(id, d.by(), d.since(), d.reason()));
            });
  }
}
