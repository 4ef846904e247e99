// SPDX-License-Identifier: Apache-2.0
/** The table of topics, and how their values become bytes. */
@NullMarked
package dev.tocsin.schemas.topic;

import org.jspecify.annotations.NullMarked;
