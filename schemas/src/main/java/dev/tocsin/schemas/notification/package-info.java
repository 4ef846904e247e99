// SPDX-License-Identifier: Apache-2.0
/** Things to tell, each to one endpoint. */
@NullMarked
package dev.tocsin.schemas.notification;

import org.jspecify.annotations.NullMarked;
