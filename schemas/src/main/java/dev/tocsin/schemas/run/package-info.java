// SPDX-License-Identifier: Apache-2.0
/** A playbook at work on an incident. */
@NullMarked
package dev.tocsin.schemas.run;

import org.jspecify.annotations.NullMarked;
