// SPDX-License-Identifier: Apache-2.0
/** Incidents: the list, the story of one, and what a person may do to it. */
@NullMarked
package dev.tocsin.console.incident;

import org.jspecify.annotations.NullMarked;
