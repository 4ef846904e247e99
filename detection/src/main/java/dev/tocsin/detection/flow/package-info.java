// SPDX-License-Identifier: Apache-2.0
/**
 * What is unusual about the alerts that come, whatever each of them says. One class for each
 * statistic, all of bounded state, none of which reads a clock.
 */
@NullMarked
package dev.tocsin.detection.flow;

import org.jspecify.annotations.NullMarked;
