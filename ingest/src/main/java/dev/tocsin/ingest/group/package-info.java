// SPDX-License-Identifier: Apache-2.0
/** Which alerts belong together. */
@NullMarked
package dev.tocsin.ingest.group;

import org.jspecify.annotations.NullMarked;
