// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.investigation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What a model is told about its work, from {@code rules.txt}; takes the nonce. */
final class Rules {

  static final String TEXT = read();

  private Rules() {}

  private static String read() {
    try (InputStream rules = Rules.class.getResourceAsStream("rules.txt")) {
      if (rules == null) {
        throw new IllegalStateException("rules.txt is missing");
      }
      return new String(rules.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
