// SPDX-License-Identifier: Apache-2.0
/**
 * The pure core in virtual time: the deciders of workflow and the lanes of notifier as they are,
 * with everything around them made up from a seed. The one part of the kit that looks inside.
 */
@NullMarked
package dev.tocsin.proof.simulation;

import org.jspecify.annotations.NullMarked;
