// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.playbook;

/** A place in a file; lines and columns count from 1. */
record At(int line, int column) {

  static final At START = new At(1, 1);
}
