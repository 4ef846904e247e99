// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.effect;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Which effects may happen at all.
 *
 * @param notBefore nothing that was received earlier is sent, unless a person replays it; null lets
 *     all through. To be set before old topics are read again
 */
@ConfigurationProperties(prefix = "tocsin.effects", ignoreUnknownFields = false)
public record EffectSettings(@Nullable Instant notBefore) {}
