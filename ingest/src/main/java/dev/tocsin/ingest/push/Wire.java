// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.push;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import dev.tocsin.ingest.push.Batch.Point;
import java.io.IOException;

/**
 * Protocol buffers as they are on the wire: fields by number, messages in messages.
 *
 * <p>What two versions of a message have in common in words differs in numbers, so each version has
 * a class of its own that can be held against its specification.
 */
final class Wire {

  private static final int VALUE = doubleField(1);
  private static final int TIMESTAMP = varint(2);

  private Wire() {}

  /** Takes one field of a message, or passes over it. */
  interface Field {
    void take(CodedInputStream in, int tag) throws IOException;
  }

  static int message(int field) {
    return field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }

  static int varint(int field) {
    return field << 3 | WireFormat.WIRETYPE_VARINT;
  }

  private static int doubleField(int field) {
    return field << 3 | WireFormat.WIRETYPE_FIXED64;
  }

  /** Reads all of it, so that what is cut off is not taken for less. */
  static void read(byte[] body, Field field) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(body);
    // Without a limit a message in it could claim to be longer than what is there.
    in.pushLimit(body.length);
    fields(in, field);
  }

  /** Reads a message that is a field. */
  static void nested(CodedInputStream in, Field field) throws IOException {
    int outer = in.pushLimit(in.readRawVarint32());
    fields(in, field);
    in.popLimit(outer);
  }

  private static void fields(CodedInputStream in, Field field) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      field.take(in, tag);
    }
    if (!in.isAtEnd()) {
      throw new InvalidProtocolBufferException("a field has no number");
    }
  }

  static void skip(CodedInputStream in, int tag) throws IOException {
    if (!in.skipField(tag)) {
      throw new InvalidProtocolBufferException("a group ends that did not begin");
    }
  }

  /** A sample, which is the same in both versions. */
  static Point point(CodedInputStream in) throws IOException {
    double[] value = {0};
    long[] millis = {0};
    nested(
        in,
        (fields, tag) -> {
          if (tag == VALUE) {
            value[0] = fields.readDouble();
          } else if (tag == TIMESTAMP) {
            millis[0] = fields.readInt64();
          } else {
            skip(fields, tag);
          }
        });
    return new Point(millis[0], value[0]);
  }
}
