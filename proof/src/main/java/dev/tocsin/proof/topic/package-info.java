// SPDX-License-Identifier: Apache-2.0
/** What the topics hold in the end. */
@NullMarked
package dev.tocsin.proof.topic;

import org.jspecify.annotations.NullMarked;
