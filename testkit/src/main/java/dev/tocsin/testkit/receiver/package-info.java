// SPDX-License-Identifier: Apache-2.0
/**
 * HTTP servers on loopback that play somebody we deliver to, with faults on demand and a full
 * history.
 */
@NullMarked
package dev.tocsin.testkit.receiver;

import org.jspecify.annotations.NullMarked;
