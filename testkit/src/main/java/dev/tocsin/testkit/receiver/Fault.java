// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.receiver;

import java.time.Duration;

/** What goes wrong with one request. */
public sealed interface Fault {

  /** Nothing does. */
  record None() implements Fault {}

  /** Answers this and changes nothing. */
  record Refuse(Answer answer) implements Fault {}

  /** Changes nothing and closes the connection. */
  record Cut() implements Fault {}

  /** Makes the change, then closes the connection without an answer. */
  record LoseAnswer() implements Fault {}

  /** Makes the change, then answers this instead of what became of it. */
  record Deny(Answer answer) implements Fault {}

  /** Changes nothing and never answers. */
  record Hang() implements Fault {}

  /** Makes the change and answers late. */
  record Late(Duration by) implements Fault {}

  /** Makes the change and answers one byte at a time, for ever. */
  record Trickle(Duration between) implements Fault {}
}
