// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.failpoint;

/**
 * A place in the code of a role where it can be made to die.
 *
 * @param name by which schedules know it
 * @param role whose JVM dies there
 * @param place where that is in the code
 * @param row of the crash matrix that it stands for
 */
public record Failpoint(String name, String role, Place place, String row) {}
