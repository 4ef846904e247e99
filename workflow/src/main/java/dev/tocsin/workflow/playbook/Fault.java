// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.playbook;

/** Something wrong in a playbook: where, what, and what would be right. */
record Fault(String file, At at, String says) {

  @Override
  public String toString() {
    return file + ':' + at.line() + ':' + at.column() + ": " + says;
  }
}
