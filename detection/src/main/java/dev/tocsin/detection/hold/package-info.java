// SPDX-License-Identifier: Apache-2.0
/** What keeps alerts from people now: silences, and firing alerts that inhibition rules go by. */
@NullMarked
package dev.tocsin.detection.hold;

import org.jspecify.annotations.NullMarked;
