// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.sentinel;

import java.time.Instant;

/** What is watched, and how it is looked at. */
interface Watched {

  Observation look(Instant now) throws InterruptedException;
}
