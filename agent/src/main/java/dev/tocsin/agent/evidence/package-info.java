// SPDX-License-Identifier: Apache-2.0
/** Evidence without a model: one class for each place that is asked. */
@NullMarked
package dev.tocsin.agent.evidence;

import org.jspecify.annotations.NullMarked;
