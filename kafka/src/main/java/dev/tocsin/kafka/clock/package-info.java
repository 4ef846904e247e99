// SPDX-License-Identifier: Apache-2.0
/** Time that passes, whatever the machine's clock is set to. */
@NullMarked
package dev.tocsin.kafka.clock;

import org.jspecify.annotations.NullMarked;
