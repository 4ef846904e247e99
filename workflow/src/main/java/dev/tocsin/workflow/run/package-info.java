// SPDX-License-Identifier: Apache-2.0
/**
 * Playbooks at work on incidents: what is decided when something happens, and what is remembered.
 */
@NullMarked
package dev.tocsin.workflow.run;

import org.jspecify.annotations.NullMarked;
