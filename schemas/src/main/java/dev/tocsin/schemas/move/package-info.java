// SPDX-License-Identifier: Apache-2.0
/** What one alert group says to another when a person moved alerts between their incidents. */
@NullMarked
package dev.tocsin.schemas.move;

import org.jspecify.annotations.NullMarked;
