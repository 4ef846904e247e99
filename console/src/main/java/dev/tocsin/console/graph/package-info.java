// SPDX-License-Identifier: Apache-2.0
/** Which service depends on which, as a file says or detection learned. */
@NullMarked
package dev.tocsin.console.graph;

import org.jspecify.annotations.NullMarked;
