// SPDX-License-Identifier: Apache-2.0
/** A Prometheus that answers queries with given series. */
@NullMarked
package dev.tocsin.testkit.prometheus;

import org.jspecify.annotations.NullMarked;
