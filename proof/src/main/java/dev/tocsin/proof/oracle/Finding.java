// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.oracle;

/** Something that is wrong with a run. */
public record Finding(Check check, String what) {}
