// SPDX-License-Identifier: Apache-2.0
/** What operators see of lanes and workers: meters and health. */
@NullMarked
package dev.tocsin.notifier.watch;

import org.jspecify.annotations.NullMarked;
