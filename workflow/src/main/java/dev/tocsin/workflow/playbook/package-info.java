// SPDX-License-Identifier: Apache-2.0
/** Playbooks: files that say which steps an incident of a kind gets. */
@NullMarked
package dev.tocsin.workflow.playbook;

import org.jspecify.annotations.NullMarked;
