// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.inhibit;

import dev.tocsin.schemas.hold.Inhibitor;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a condition as an inhibitor.
 *
 * @param inhibitor null when it is one no longer
 */
public record InhibitorChange(String group, String identity, @Nullable Inhibitor inhibitor) {}
