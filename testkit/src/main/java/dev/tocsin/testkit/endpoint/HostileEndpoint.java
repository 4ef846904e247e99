// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.endpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An address that somebody may give to have us connect to where they cannot.
 *
 * @param refusedAtRegistration whether its text alone gives it away
 * @param addresses what its host stands for; empty where nothing is looked up
 */
public record HostileEndpoint(boolean refusedAtRegistration, String url, List<String> addresses) {

  private static final Pattern ESCAPED = Pattern.compile("\\\\u([0-9a-f]{4})");

  /** All that are known. */
  public static List<HostileEndpoint> all() {
    try (InputStream file = HostileEndpoint.class.getResourceAsStream("hostile.txt")) {
      if (file == null) {
        throw new IllegalStateException("hostile.txt is not where it was");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(HostileEndpoint::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HostileEndpoint read(String line) {
    String[] parts = line.split(" \\|", -1);
    String url =
        ESCAPED
            .matcher(parts[1].substring(1))
            .replaceAll(m -> String.valueOf((char) Integer.parseInt(m.group(1), 16)));
    List<String> addresses = parts[2].isBlank() ? List.of() : List.of(parts[2].strip().split(" "));
    return new HostileEndpoint(parts[0].equals("refused"), url, addresses);
  }

  @Override
  public String toString() {
    return addresses.isEmpty() ? url : url + " at " + addresses;
  }
}
