// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.subscription;

import dev.tocsin.console.journal.Journal;
import dev.tocsin.console.problem.Refuses;
import dev.tocsin.console.setting.SettingWriter;
import dev.tocsin.console.setting.Settings;
import dev.tocsin.console.view.Page;
import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.command.Command;
import dev.tocsin.schemas.endpoint.EndpointPolicy;
import dev.tocsin.schemas.setting.Setting;
import dev.tocsin.schemas.topic.Topics;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.security.Principal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Who wants to hear of what. */
@RestController
@RequestMapping("/v1/subscriptions")
@Tag(name = "subscriptions")
public final class SubscriptionController {

  private static final int FIRST_SECRET = 1;

  private final Subscriptions subscriptions;
  private final Secrets secrets;
  private final EndpointPolicy policy;
  private final SettingWriter writer;
  private final InstantSource clock;

  public SubscriptionController(
      Settings settings,
      Secrets secrets,
      EndpointPolicy policy,
      SettingWriter writer,
      InstantSource clock) {
    this.subscriptions = new Subscriptions(settings);
    this.secrets = secrets;
    this.policy = policy;
    this.writer = writer;
    this.clock = clock;
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(summary = "Hear of events at an address; the answer holds secret and token, once")
  @Refuses(conflict = "No signing key is set, so no secret can be made")
  ResponseEntity<Shown> create(@RequestBody Wish wish, Principal who) {
    Instant now = clock.instant();
    String url = wish.address(policy);
    List<String> events = wish.patterns();
    Setting.Subscription subscription =
        new Setting.Subscription(
            ContentId.of("sub", who.getName(), url, events, now),
            url,
            events,
            wish.checkedFilter(),
            FIRST_SECRET,
            true,
            who.getName(),
            now);
    Shown shown = Shown.of(subscription, null).with(secrets);
    write("subscription.create", subscription, who);
    return ResponseEntity.created(URI.create("/v1/subscriptions/" + subscription.id())).body(shown);
  }

  @GetMapping
  @Operation(summary = "All subscriptions, the oldest first")
  Page<Shown> list() {
    return new Page<>(subscriptions.all().stream().map(subscriptions::shown).toList(), null);
  }

  @GetMapping("/{id}")
  @Operation(summary = "One subscription, without its secret")
  Shown one(@PathVariable String id, Principal who) {
    Setting.Subscription subscription = subscriptions.get(id);
    Access.check(subscription, who, clock.instant());
    return subscriptions.shown(subscription);
  }

  @PutMapping("/{id}")
  @Operation(summary = "Have another address, other events and another filter")
  Shown replace(@PathVariable String id, @RequestBody Wish wish, Principal who) {
    return writer.inTurn(
        id,
        () ->
            change(
                subscriptions.get(id),
                wish.address(policy),
                wish.patterns(),
                wish.checkedFilter(),
                who));
  }

  @PatchMapping("/{id}")
  @Operation(summary = "Change what is given; without a filter (null, or empty) all comes through")
  Shown change(@PathVariable String id, @RequestBody Change change, Principal who) {
    return writer.inTurn(
        id,
        () -> {
          Setting.Subscription before = subscriptions.get(id);
          return change(
              before,
              change.address(before.url(), policy),
              change.patterns(before.events()),
              change.filter(before.filter()),
              who);
        });
  }

  /** What is planned already goes to the new address too. */
  private Shown change(
      Setting.Subscription before,
      String url,
      List<String> events,
      Setting.@Nullable Filter filter,
      Principal who) {
    Setting.Subscription after =
        new Setting.Subscription(
            before.id(),
            url,
            events,
            filter,
            before.secretVersion(),
            before.active(),
            before.createdBy(),
            before.createdAt(),
            before.formerSecretUntil());
    write("subscription.change", after, who);
    return subscriptions.shown(after);
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Hear no more; what waits is cancelled")
  void delete(@PathVariable String id, Principal who) {
    writer.inTurn(id, () -> takeBack(id, who.getName()));
  }

  private Setting.Subscription takeBack(String id, String by) {
    Setting.Subscription subscription = subscriptions.get(id);
    writer.takeBack(by, "subscription.delete", subscription.url(), subscription, command(id, by));
    subscriptions
        .disabled(id)
        .ifPresent(disabled -> writer.takeBack(by, "subscription.delete", "", disabled));
    return subscription;
  }

  private ProducerRecord<byte[], byte[]> command(String id, String by) {
    Instant now = clock.instant();
    String endpoint = Shown.endpoint(id);
    return Journal.record(
        Topics.COMMANDS,
        endpoint,
        new Command.DeleteSubscription(
            ContentId.of("cmd", "delete", id, by, now), endpoint, by, "console", now));
  }

  private void write(String action, Setting.Subscription subscription, Principal who) {
    writer.write(who.getName(), action, subscription.url(), subscription);
  }
}
