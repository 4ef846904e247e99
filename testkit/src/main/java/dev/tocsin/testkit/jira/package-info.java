// SPDX-License-Identifier: Apache-2.0
/** A Jira Cloud to deliver to: as much of REST v3 as we use. */
@NullMarked
package dev.tocsin.testkit.jira;

import org.jspecify.annotations.NullMarked;
