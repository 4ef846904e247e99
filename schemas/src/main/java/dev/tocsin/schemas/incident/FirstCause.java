// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.incident;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The incident that most likely was there first, among some that have to do with each other.
 *
 * @param service what it is about; null when its labels do not say
 * @param score from 0 to 1: a weight that the reasons add up to, no probability
 * @param among how many incidents were compared
 * @param reasons in words, the strongest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FirstCause(
    String incidentId,
    @Nullable String service,
    String title,
    double score,
    int among,
    List<String> reasons) {}
