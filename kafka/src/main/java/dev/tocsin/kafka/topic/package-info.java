// SPDX-License-Identifier: Apache-2.0
/** Topics that exist and are as the program needs them. */
@NullMarked
package dev.tocsin.kafka.topic;

import org.jspecify.annotations.NullMarked;
