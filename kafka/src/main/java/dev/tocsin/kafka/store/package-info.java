// SPDX-License-Identifier: Apache-2.0
/** A processor's memory: one state store, and shelves in it. */
@NullMarked
package dev.tocsin.kafka.store;

import org.jspecify.annotations.NullMarked;
