// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.context;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an investigation has to say to a person.
 *
 * @param summary a few sentences, plain text
 * @param probableCause null when nothing supports one
 * @param confidence of the probable cause, 0 to 1; null without one
 * @param model the model that wrote it; null when it is evidence only
 * @param tokens how many tokens the model used
 * @param tookMillis how long the investigation took
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Context(
    String summary,
    @Nullable String probableCause,
    @Nullable Double confidence,
    List<String> evidenceFor,
    List<Evidence> evidence,
    List<String> nextSteps,
    List<String> followUpQuestions,
    @Nullable String model,
    long tokens,
    long tookMillis,
    Instant at) {}
