// SPDX-License-Identifier: Apache-2.0
/**
 * What travels between services: topics, records, JSON, signatures. The contract of the program.
 *
 * <p>Not here: any decision about these records, and anything that needs Spring.
 */
@NullMarked
package dev.tocsin.schemas;

import org.jspecify.annotations.NullMarked;
