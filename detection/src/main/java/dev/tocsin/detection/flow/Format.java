// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.flow;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** How states are stored: compact, and with the version of their format in front. */
public final class Format {

  private static final int VERSION = 1;

  private Format() {}

  /** Writes a state. */
  @FunctionalInterface
  public interface Writer {
    void write(DataOutput out) throws IOException;
  }

  /** Reads a state. */
  @FunctionalInterface
  public interface Reader<S> {
    S read(DataInput in) throws IOException;
  }

  public static byte[] bytes(Writer writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      writer.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  public static <S> S read(byte[] bytes, Reader<S> reader) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return reader.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void check(int version) throws IOException {
    if (version != VERSION) {
      throw new IOException(
          "format %d of an alert's flow is not known: should be %d".formatted(version, VERSION));
    }
  }
}
