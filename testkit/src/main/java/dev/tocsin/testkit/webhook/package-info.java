// SPDX-License-Identifier: Apache-2.0
/** A subscriber's endpoint that checks signatures. */
@NullMarked
package dev.tocsin.testkit.webhook;

import org.jspecify.annotations.NullMarked;
