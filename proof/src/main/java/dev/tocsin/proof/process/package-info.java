// SPDX-License-Identifier: Apache-2.0
/** The program as processes: started, frozen, killed, and asked how they are. */
@NullMarked
package dev.tocsin.proof.process;

import org.jspecify.annotations.NullMarked;
