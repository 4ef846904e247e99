// SPDX-License-Identifier: Apache-2.0
/** Which firing alerts are told of, so that inhibition rules can go by them on every partition. */
@NullMarked
package dev.tocsin.detection.inhibit;

import org.jspecify.annotations.NullMarked;
