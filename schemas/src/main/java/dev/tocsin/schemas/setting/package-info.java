// SPDX-License-Identifier: Apache-2.0
/** What people configured while the program ran. */
@NullMarked
package dev.tocsin.schemas.setting;

import org.jspecify.annotations.NullMarked;
