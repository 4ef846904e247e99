// SPDX-License-Identifier: Apache-2.0
/** The facts of an incident's life, and the incident they add up to. */
@NullMarked
package dev.tocsin.schemas.incident;

import org.jspecify.annotations.NullMarked;
