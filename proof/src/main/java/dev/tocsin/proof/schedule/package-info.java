// SPDX-License-Identifier: Apache-2.0
/** Which faults come when: made from a seed, kept in a file, made smaller. */
@NullMarked
package dev.tocsin.proof.schedule;

import org.jspecify.annotations.NullMarked;
