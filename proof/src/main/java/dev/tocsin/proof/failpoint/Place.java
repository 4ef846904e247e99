// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.failpoint;

/**
 * A place in compiled code.
 *
 * @param type the class, as {@code Class.getName} has it
 * @param method of the class; all that are called so
 * @param callee for a place beside a call: the called method's name; else empty
 */
public record Place(String type, String method, Where where, String callee) {

  /** Where in the method. */
  public enum Where {
    /** Before anything of it has happened. */
    ENTRY,
    /** When all of it has happened, and it has not failed. */
    RETURN,
    /** Just before it calls another. */
    BEFORE_CALL,
    /** Just after it has called another. */
    AFTER_CALL
  }

  static Place entry(String type, String method) {
    return new Place(type, method, Where.ENTRY, "");
  }

  static Place end(String type, String method) {
    return new Place(type, method, Where.RETURN, "");
  }

  static Place before(String type, String method, String callee) {
    return new Place(type, method, Where.BEFORE_CALL, callee);
  }

  static Place after(String type, String method, String callee) {
    return new Place(type, method, Where.AFTER_CALL, callee);
  }
}
