// SPDX-License-Identifier: Apache-2.0
/** Records set aside, whole, with their cause. */
@NullMarked
package dev.tocsin.kafka.deadletter;

import org.jspecify.annotations.NullMarked;
