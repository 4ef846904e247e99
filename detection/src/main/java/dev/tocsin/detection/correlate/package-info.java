// SPDX-License-Identifier: Apache-2.0
/** Which incidents have to do with each other, and which was there first. Beside the page path. */
@NullMarked
package dev.tocsin.detection.correlate;

import org.jspecify.annotations.NullMarked;
