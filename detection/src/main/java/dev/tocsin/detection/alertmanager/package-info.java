// SPDX-License-Identifier: Apache-2.0
/** Silences that people made in an Alertmanager, honoured here. */
@NullMarked
package dev.tocsin.detection.alertmanager;

import org.jspecify.annotations.NullMarked;
