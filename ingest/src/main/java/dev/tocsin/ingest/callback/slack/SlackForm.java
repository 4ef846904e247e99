// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.callback.slack;

import dev.tocsin.ingest.source.Unreadable;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A form as browsers post it, of which one field counts. */
final class SlackForm {

  private SlackForm() {}

  /**
   * What the field says; null when there is none.
   *
   * @throws Unreadable when it is there twice, or is no escaped text
   */
  static byte @Nullable [] field(String name, byte[] form) throws Unreadable {
    String found = null;
    for (String field : new String(form, StandardCharsets.UTF_8).split("&")) {
      if (field.startsWith(name + '=')) {
        if (found != null) {
          throw new Unreadable("the form has the field " + name + " twice");
        }
        found = field.substring(name.length() + 1);
      }
    }
    return found == null ? null : decoded(name, found);
  }

  private static byte[] decoded(String name, String escaped) throws Unreadable {
    try {
      return URLDecoder.decode(escaped, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Unreadable("the form's field " + name + " has a % that escapes nothing");
    }
  }
}
