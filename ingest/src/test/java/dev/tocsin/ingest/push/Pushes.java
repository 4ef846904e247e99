// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.push;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.xerial.snappy.Snappy;

/** Messages of remote write, field by field, right and wrong ones. */
public final class Pushes {

  /** The NaN that ends a series. */
  public static final double STALE = Double.longBitsToDouble(0x7ff0000000000002L);

  private Pushes() {}

  /** Writes fields. */
  public interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  public static byte[] message(Fields... fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      for (Fields field : fields) {
        field.write(out);
      }
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  public static byte[] snappy(byte[] bytes) {
    try {
      return Snappy.compress(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Fields bytes(int field, byte[] content) {
    return out -> out.writeByteArray(field, content);
  }

  /** A series of version 1: names and values of labels in turn. */
  public static Fields series(List<String> labels, Fields... parts) {
    List<Fields> all = new ArrayList<>();
    for (int i = 0; i < labels.size(); i += 2) {
      String name = labels.get(i);
      String value = labels.get(i + 1);
      all.add(bytes(1, message(out -> out.writeString(1, name), out -> out.writeString(2, value))));
    }
    all.addAll(List.of(parts));
    return bytes(1, message(all.toArray(Fields[]::new)));
  }

  /** A sample, which has the same number in both versions. */
  public static Fields sample(double value, long millis) {
    return bytes(2, message(out -> out.writeDouble(1, value), out -> out.writeInt64(2, millis)));
  }

  /** A series of version 2, with its labels as numbers in the table. */
  public static Fields series2(List<Integer> refs, Fields... parts) {
    Fields packed =
        bytes(
            1,
            message(
                out -> {
                  for (int ref : refs) {
                    out.writeUInt32NoTag(ref);
                  }
                }));
    List<Fields> all = new ArrayList<>(List.of(packed));
    all.addAll(List.of(parts));
    return bytes(5, message(all.toArray(Fields[]::new)));
  }

  public static Fields symbols(String... symbols) {
    return out -> {
      for (String symbol : symbols) {
        out.writeString(4, symbol);
      }
    };
  }

  /** As it goes over the line. */
  public static byte[] push(Fields... fields) {
    return snappy(message(fields));
  }

  static byte[] edited(byte[] bytes, Consumer<byte[]> edit) {
    byte[] copy = bytes.clone();
    edit.accept(copy);
    return copy;
  }
}
