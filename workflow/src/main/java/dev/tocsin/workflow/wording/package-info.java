// SPDX-License-Identifier: Apache-2.0
/** What people are told about an incident, in words and links. */
@NullMarked
package dev.tocsin.workflow.wording;

import org.jspecify.annotations.NullMarked;
