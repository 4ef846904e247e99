// SPDX-License-Identifier: Apache-2.0
/** A Streams application's life: start, stop, recovery, health. */
@NullMarked
package dev.tocsin.kafka.streams;

import org.jspecify.annotations.NullMarked;
