// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.silence;

import dev.tocsin.console.alert.Alerts;
import dev.tocsin.console.problem.Refusal;
import dev.tocsin.console.problem.Refuses;
import dev.tocsin.console.setting.SettingWriter;
import dev.tocsin.console.setting.Settings;
import dev.tocsin.console.view.Page;
import dev.tocsin.console.view.PageRequest;
import dev.tocsin.console.view.ShortList;
import dev.tocsin.schemas.hold.Matchers;
import dev.tocsin.schemas.hold.SilenceRule;
import dev.tocsin.schemas.setting.Setting;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What is held back, for how long, by whom and why; maintenance windows are among them. */
@RestController
@RequestMapping("/v1/silences")
@Tag(name = "silences")
public final class SilenceController {

  /** How the ids of silences begin that detection read from an Alertmanager. */
  private static final String FOREIGN = "alertmanager-";

  /** Every alert is held against every one of them. */
  private static final int MOST = 1_000;

  /** As long as outcomes are kept that name it. */
  private static final Duration KEPT = Duration.ofDays(90);

  private static final int FORGOTTEN_AT_ONCE = 20;

  private static final ShortList<Shown> LIST =
      new ShortList<>("silence-list", Shown::createdAt, Shown::id);

  private final Silences silences;
  private final Alerts alerts;
  private final SettingWriter writer;
  private final InstantSource clock;

  public SilenceController(
      Settings settings, Alerts alerts, SettingWriter writer, InstantSource clock) {
    this.silences = new Silences(settings);
    this.alerts = alerts;
    this.writer = writer;
    this.clock = clock;
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(summary = "Hold matching alerts back for a time, or time and again")
  @Refuses(conflict = "There are as many as there may be")
  ResponseEntity<Shown> create(@RequestBody Wish wish, Principal who) {
    Instant now = clock.instant();
    Setting.Silence silence = wish.silence(who.getName(), now).silence();
    writer.create(
        who.getName(),
        "silence.create",
        Matchers.text(silence.matchers()),
        silence,
        () -> refuseOneMore(now));
    forgetOld(now);
    return ResponseEntity.created(URI.create("/v1/silences/" + silence.id()))
        .body(Shown.of(silence, now));
  }

  private void refuseOneMore(Instant now) {
    long there =
        silences.all().stream()
            .filter(one -> Shown.of(one, now).state() != SilenceRule.State.EXPIRED)
            .count();
    if (there >= MOST) {
      throw Refusal.conflict("there are %d silences already; end some of them".formatted(MOST));
    }
  }

  private void forgetOld(Instant now) {
    silences.all().stream()
        .filter(one -> one.createdAt().isBefore(now.minus(KEPT)))
        .filter(one -> Shown.of(one, now.minus(KEPT)).state() == SilenceRule.State.EXPIRED)
        .limit(FORGOTTEN_AT_ONCE)
        .forEach(
            one ->
                writer.takeBack(
                    "tocsin", "silence.forget", "over for %d days".formatted(KEPT.toDays()), one));
  }

  @PostMapping("/preview")
  @Operation(summary = "What a silence with these matchers would have held back in the last 7 days")
  Preview preview(@RequestBody Wish wish, Principal who) {
    Instant now = clock.instant();
    return Preview.of(wish.preview(who.getName(), now), alerts, now);
  }

  @GetMapping
  @Operation(summary = "Silences, the latest made first; those that are over for 90 days")
  Page<Shown> list(
      @RequestParam(required = false) SilenceRule.@Nullable State state,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    Instant now = clock.instant();
    return LIST.page(
        silences.all().stream()
            .map(one -> Shown.of(one, now))
            .filter(one -> state == null || one.state() == state),
        PageRequest.of(cursor, limit));
  }

  @GetMapping("/{id}")
  @Operation(summary = "One silence")
  Shown one(@PathVariable String id) {
    return Shown.of(find(id), clock.instant());
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "End a silence now; what still fires is told at once")
  @Refuses(conflict = "It is over already, or Alertmanager's")
  void expire(@PathVariable String id, Principal who) {
    Instant now = clock.instant();
    Setting.Silence silence = find(id);
    if (id.startsWith(FOREIGN)) {
      throw Refusal.conflict(
          "silence %s was made in Alertmanager, and is ended there".formatted(id));
    }
    if (Shown.of(silence, now).state() == SilenceRule.State.EXPIRED) {
      throw Refusal.conflict("silence %s is over already".formatted(id));
    }
    writer.write(
        who.getName(),
        "silence.expire",
        Matchers.text(silence.matchers()),
        Silences.expired(silence, who.getName(), now));
  }

  private Setting.Silence find(String id) {
    return silences.find(id).orElseThrow(() -> Refusal.unknown("silence", id));
  }
}
