// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.beat;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells a sentinel how far its beats have come. Open to anybody, like health: it holds times. */
@RestController
@RequestMapping("/v1/beats")
@Tag(name = "beats")
public final class BeatController {

  private final Beats beats;

  public BeatController(Beats beats) {
    this.beats = beats;
  }

  /** All hops, in the order of the way. */
  record Way(List<OfHop> hops) {}

  /**
   * The newest beat of a hop.
   *
   * @param beat the time it was sent at, by the sentinel's clock; null when there never was one
   * @param at when it was there, by ours
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record OfHop(String hop, @Nullable Instant beat, @Nullable Instant at) {}

  @GetMapping
  @SecurityRequirements
  @Operation(summary = "The newest of a sentinel's beats at each hop")
  Way newest() {
    return new Way(beats.newest());
  }
}
