// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.attempt;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What went over the wire in an attempt, for whoever has to find out why it failed. The body that
 * was sent is the notification's.
 *
 * @param headers as sent; none of them holds a secret
 * @param status null without an answer
 * @param answer the beginning of the answer's body, with what looks like a secret left out; null
 *     without an answer
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Exchange(
    String url, Map<String, String> headers, @Nullable Integer status, @Nullable String answer) {}
