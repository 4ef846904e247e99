// SPDX-License-Identifier: Apache-2.0
/** What an investigation has to say to a person. */
@NullMarked
package dev.tocsin.schemas.context;

import org.jspecify.annotations.NullMarked;
