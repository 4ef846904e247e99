// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.alert;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Where a person can look further. Text as the source sent it: never fetched, linked only if
 * http(s).
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Links(
    @Nullable String generator,
    @Nullable String dashboard,
    @Nullable String panel,
    @Nullable String silence,
    @Nullable String image,
    @Nullable String runbook) {

  public static final Links NONE = new Links(null, null, null, null, null, null);
}
