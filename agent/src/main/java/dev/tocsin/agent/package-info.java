// SPDX-License-Identifier: Apache-2.0
/**
 * Steps to step-results: investigations of incidents, by evidence and, if there is one, a model.
 */
@NullMarked
package dev.tocsin.agent;

import org.jspecify.annotations.NullMarked;
