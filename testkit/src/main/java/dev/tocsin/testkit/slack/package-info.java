// SPDX-License-Identifier: Apache-2.0
/** A Slack workspace to write to: as much of the Web API and of its buttons as we use. */
@NullMarked
package dev.tocsin.testkit.slack;

import org.jspecify.annotations.NullMarked;
