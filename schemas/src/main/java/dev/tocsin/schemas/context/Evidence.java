// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.context;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One result of one look at something.
 *
 * @param id short, unique within its context: what a summary refers to
 * @param source who was asked: {@code alert}, {@code prometheus}, {@code incidents}, {@code
 *     runbook}, ...
 * @param query what was asked, so that a person can ask again
 * @param at when it was asked
 * @param link where a person sees the same; null when there is no such place
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Evidence(
    String id,
    String source,
    String title,
    String text,
    String query,
    Instant at,
    @Nullable String link) {}
