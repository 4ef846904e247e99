// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher;

/** The program does not start, for a reason its operator can mend: the message says how. */
public final class StartRefused extends RuntimeException {

  public StartRefused(String message) {
    super(message);
  }
}
