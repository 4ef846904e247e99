// SPDX-License-Identifier: Apache-2.0
/**
 * The dead-man's switch: asks the console whether all is well, and pages by itself when nobody
 * answers. It shares nothing with what it watches: no Kafka, no Spring, its own PagerDuty key.
 */
@NullMarked
package dev.tocsin.sentinel;

import org.jspecify.annotations.NullMarked;
