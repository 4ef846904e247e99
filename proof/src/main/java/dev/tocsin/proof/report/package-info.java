// SPDX-License-Identifier: Apache-2.0
/** What came of a run: as text, as JSON, as a page with plots. */
@NullMarked
package dev.tocsin.proof.report;

import org.jspecify.annotations.NullMarked;
