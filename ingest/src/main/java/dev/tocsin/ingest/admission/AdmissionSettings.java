// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.admission;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What may be in work at a time, of all sources together.
 *
 * @param messages from the first byte of the body to the answer
 * @param bytes of their bodies
 */
public record AdmissionSettings(
    @DefaultValue("64") int messages, @DefaultValue("32MB") DataSize bytes) {

  private static final DataSize LEAST = DataSize.ofMegabytes(8);

  public AdmissionSettings {
    if (messages < 2) {
      throw new IllegalArgumentException(
          "tocsin.ingest.admission.messages should be at least 2: was " + messages);
    }
    if (bytes.compareTo(LEAST) < 0) {
      throw new IllegalArgumentException(
          "tocsin.ingest.admission.bytes should be at least 8MB, twice the largest body: was %d bytes"
              .formatted(bytes.toBytes()));
    }
  }
}
