// SPDX-License-Identifier: Apache-2.0
/** Plays an Alertmanager, as far as its silences go. */
@NullMarked
package dev.tocsin.testkit.alertmanager;

import org.jspecify.annotations.NullMarked;
