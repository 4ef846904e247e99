// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What a sender is told once its message is durable.
 *
 * @param accepted alerts that were written
 * @param receipt the message's name from now on: the first part of its alerts' ids
 * @param unreadable what could not be read and is kept as a dead letter; null when all was read
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Receipt(int accepted, String receipt, @Nullable String unreadable) {}
