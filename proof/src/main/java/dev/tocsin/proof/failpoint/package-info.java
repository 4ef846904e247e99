// SPDX-License-Identifier: Apache-2.0
/**
 * Faults at named places of the code of a running role, put there from outside: the program has no
 * test switches. What runs inside the role needs nothing but the JDK.
 */
@NullMarked
package dev.tocsin.proof.failpoint;

import org.jspecify.annotations.NullMarked;
