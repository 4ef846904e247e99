// SPDX-License-Identifier: Apache-2.0
/** Kinds of steps: what a playbook can do. Each is a package below this one. */
@NullMarked
package dev.tocsin.workflow.step;

import org.jspecify.annotations.NullMarked;
