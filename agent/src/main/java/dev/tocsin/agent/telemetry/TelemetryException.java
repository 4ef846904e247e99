// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.telemetry;

/** A place that was asked did not answer, or not with what it should have. */
public final class TelemetryException extends Exception {

  TelemetryException(String message) {
    super(message);
  }
}
