// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param next the cursor of the part after it; null at the end
 */
public record Page<T>(List<T> items, @Nullable String next) {}
