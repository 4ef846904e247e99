// SPDX-License-Identifier: Apache-2.0
/** A real Kafka broker inside this JVM, for laptops and small installations. */
@NullMarked
package dev.tocsin.launcher.broker;

import org.jspecify.annotations.NullMarked;
