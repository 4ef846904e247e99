// SPDX-License-Identifier: Apache-2.0
/** Records set aside for a person, kept whole with their cause. */
@NullMarked
package dev.tocsin.schemas.deadletter;

import org.jspecify.annotations.NullMarked;
