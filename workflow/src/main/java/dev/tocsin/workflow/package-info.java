// SPDX-License-Identifier: Apache-2.0
/** Incidents to steps and notifications: which playbook, which step next, until when to wait. */
@NullMarked
package dev.tocsin.workflow;

import org.jspecify.annotations.NullMarked;
