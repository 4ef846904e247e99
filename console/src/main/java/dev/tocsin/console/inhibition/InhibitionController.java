// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.inhibition;

import dev.tocsin.console.problem.Refusal;
import dev.tocsin.console.problem.Refuses;
import dev.tocsin.console.setting.SettingWriter;
import dev.tocsin.console.setting.Settings;
import dev.tocsin.console.view.Page;
import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.hold.HoldFault;
import dev.tocsin.schemas.hold.InhibitionRule;
import dev.tocsin.schemas.hold.Matchers;
import dev.tocsin.schemas.setting.Setting;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.security.Principal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
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

/** Which firing alerts hold which lesser ones back. To change a rule is to make another. */
@RestController
@RequestMapping("/v1/inhibitions")
@Tag(name = "inhibitions")
public final class InhibitionController {

  private static final String KIND = "inhibition";

  /** Every alert is held against every one of them. */
  private static final int MOST = 200;

  private final Settings settings;
  private final SettingWriter writer;
  private final InstantSource clock;

  public InhibitionController(Settings settings, SettingWriter writer, InstantSource clock) {
    this.settings = settings;
    this.writer = writer;
    this.clock = clock;
  }

  /** An inhibition rule as a caller asks for it. */
  record Wish(
      @Nullable List<Setting.Matcher> sourceMatchers,
      @Nullable List<Setting.Matcher> targetMatchers,
      @Nullable List<String> equal,
      @Nullable String reason) {

    Setting.Inhibition rule(String by, Instant now) {
      List<Setting.Matcher> source = sourceMatchers == null ? List.of() : sourceMatchers;
      List<Setting.Matcher> target = targetMatchers == null ? List.of() : targetMatchers;
      List<String> common = equal == null ? List.of() : equal;
      Setting.Inhibition rule =
          new Setting.Inhibition(
              ContentId.of("inh", by, source, target, common, now),
              1,
              source,
              target,
              common,
              reason == null ? "" : reason.strip(),
              by,
              now);
      try {
        return InhibitionRule.of(rule).inhibition();
      } catch (HoldFault e) {
        throw Refusal.of(e);
      }
    }
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(summary = "Hold lesser alerts back while one fires")
  @Refuses(conflict = "There are as many as there may be")
  ResponseEntity<Setting.Inhibition> create(@RequestBody Wish wish, Principal who) {
    Setting.Inhibition rule = wish.rule(who.getName(), clock.instant());
    writer.create(who.getName(), "inhibition.create", words(rule), rule, this::refuseOneMore);
    return ResponseEntity.created(URI.create("/v1/inhibitions/" + rule.id())).body(rule);
  }

  private void refuseOneMore() {
    if (all().size() >= MOST) {
      throw Refusal.conflict("there are %d rules already; delete some of them".formatted(MOST));
    }
  }

  private static String words(Setting.Inhibition rule) {
    return "%s hold back %s with equal %s"
        .formatted(
            Matchers.text(rule.sourceMatchers()),
            Matchers.text(rule.targetMatchers()),
            rule.equal());
  }

  @GetMapping
  @Operation(summary = "All inhibition rules, the oldest first")
  Page<Setting.Inhibition> list() {
    return new Page<>(all(), null);
  }

  private List<Setting.Inhibition> all() {
    return settings.all(KIND, Setting.Inhibition.class).stream()
        .sorted(Comparator.comparing(Setting.Inhibition::createdAt))
        .toList();
  }

  @GetMapping("/{id}")
  @Operation(summary = "One inhibition rule")
  Setting.Inhibition one(@PathVariable String id) {
    return settings
        .find(KIND, id, Setting.Inhibition.class)
        .orElseThrow(() -> Refusal.unknown("inhibition rule", id));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Take a rule back; what it held back and still fires is told a minute later")
  void delete(@PathVariable String id, Principal who) {
    Setting.Inhibition rule = one(id);
    writer.takeBack(who.getName(), "inhibition.delete", words(rule), rule);
  }
}
