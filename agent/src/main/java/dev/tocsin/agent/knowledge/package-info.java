// SPDX-License-Identifier: Apache-2.0
/** Past incidents and runbooks, and the search for those like a given one. */
@NullMarked
package dev.tocsin.agent.knowledge;

import org.jspecify.annotations.NullMarked;
