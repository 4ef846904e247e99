// SPDX-License-Identifier: Apache-2.0
/** Addresses that must never be connected to. Users: console, notifier. */
@NullMarked
package dev.tocsin.testkit.endpoint;

import org.jspecify.annotations.NullMarked;
