// SPDX-License-Identifier: Apache-2.0
/** Workers that make the attempts lanes ask for, each at most once. */
@NullMarked
package dev.tocsin.notifier.delivery;

import org.jspecify.annotations.NullMarked;
