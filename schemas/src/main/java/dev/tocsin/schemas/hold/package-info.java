// SPDX-License-Identifier: Apache-2.0
/**
 * What silences and inhibition rules mean. Detection holds back by them; the console refuses what
 * means nothing, previews, and explains: all three have to agree.
 */
@NullMarked
package dev.tocsin.schemas.hold;

import org.jspecify.annotations.NullMarked;
