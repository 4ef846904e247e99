// SPDX-License-Identifier: Apache-2.0
/** Ways to reach people and systems. Each is a package below this one. */
@NullMarked
package dev.tocsin.notifier.channel;

import org.jspecify.annotations.NullMarked;
