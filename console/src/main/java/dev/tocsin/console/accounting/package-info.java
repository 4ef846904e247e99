// SPDX-License-Identifier: Apache-2.0
/** Whether every accepted alert and every planned effect has come to an end. */
@NullMarked
package dev.tocsin.console.accounting;

import org.jspecify.annotations.NullMarked;
