// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.subscription;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tocsin.console.problem.Refusal;
import dev.tocsin.console.setting.SettingWriter;
import dev.tocsin.console.setting.Settings;
import dev.tocsin.console.view.Page;
import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.endpoint.EndpointPolicy;
import dev.tocsin.schemas.setting.Setting;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.security.Principal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
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

  /**
   * A subscription as the API shows it.
   *
   * @param endpoint the lane of its deliveries
   * @param secret only in the answer that creates it
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Shown(
      String id,
      String url,
      List<String> events,
      Setting.@Nullable Filter filter,
      boolean active,
      String endpoint,
      String createdBy,
      Instant createdAt,
      @Nullable String secret) {

    static Shown of(Setting.Subscription subscription, @Nullable String secret) {
      return new Shown(
          subscription.id(),
          subscription.url(),
          subscription.events(),
          subscription.filter(),
          subscription.active(),
          "webhook/" + subscription.id(),
          subscription.createdBy(),
          subscription.createdAt(),
          secret);
    }
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(summary = "Hear of events at an address; the answer holds the secret, once")
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
    String secret = secrets.of(subscription.id(), FIRST_SECRET);
    writer.write(who.getName(), "subscription.create", url, subscription);
    return ResponseEntity.created(URI.create("/v1/subscriptions/" + subscription.id()))
        .body(Shown.of(subscription, secret));
  }

  @GetMapping
  @Operation(summary = "All subscriptions, the oldest first")
  Page<Shown> list() {
    return new Page<>(subscriptions.all().stream().map(one -> Shown.of(one, null)).toList(), null);
  }

  @GetMapping("/{id}")
  @Operation(summary = "One subscription, without its secret")
  Shown one(@PathVariable String id) {
    return Shown.of(find(id), null);
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Hear no more")
  void delete(@PathVariable String id, Principal who) {
    Setting.Subscription subscription = find(id);
    writer.takeBack(who.getName(), "subscription.delete", subscription.url(), subscription);
  }

  private Setting.Subscription find(String id) {
    return subscriptions.find(id).orElseThrow(() -> Refusal.unknown("subscription", id));
  }
}
