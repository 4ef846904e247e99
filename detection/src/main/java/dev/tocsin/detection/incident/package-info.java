// SPDX-License-Identifier: Apache-2.0
/** What becomes of an alert: the decisions that make, change and end incidents. All pure. */
@NullMarked
package dev.tocsin.detection.incident;

import org.jspecify.annotations.NullMarked;
