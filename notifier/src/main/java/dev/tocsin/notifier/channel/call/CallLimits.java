// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.call;

import java.time.Duration;

/**
 * How far a call may go.
 *
 * @param connect to have a connection, TLS included
 * @param total from start to the last byte read; then it is cut off
 * @param mostBytes of an answer's body that are read
 */
public record CallLimits(Duration connect, Duration total, int mostBytes) {}
