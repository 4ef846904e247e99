// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.spool;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An entry as bytes: a version, then its members in order, each with its length. */
final class EntryFormat {

  private static final Logger LOG = LoggerFactory.getLogger(EntryFormat.class);
  private static final int VERSION = 1;
  private static final int NULL = -1;

  private EntryFormat() {}

  static byte[] write(Entry entry) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    try {
      out.writeByte(VERSION);
      out.writeUTF(entry.receipt());
      out.writeLong(entry.acceptedAt().toEpochMilli());
      out.writeInt(entry.records().size());
      for (ProducerRecord<byte[], byte[]> record : entry.records()) {
        out.writeUTF(record.topic());
        write(out, record.key());
        write(out, record.value());
        Header[] headers = record.headers().toArray();
        out.writeInt(headers.length);
        for (Header header : headers) {
          out.writeUTF(header.key());
          write(out, header.value());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail, so a text is too long", e);
    }
    return bytes.toByteArray();
  }

  /** Null for bytes that are no entry, or one of a later version. */
  static @Nullable Entry read(byte[] bytes) {
    try {
      return parse(bytes);
    } catch (IOException e) {
      LOG.error("an entry of the spool cannot be read: {}", e.toString());
      return null;
    }
  }

  private static Entry parse(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException("an entry of version %d: %d is read".formatted(version, VERSION));
    }
    String receipt = in.readUTF();
    Instant acceptedAt = Instant.ofEpochMilli(in.readLong());
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      String topic = in.readUTF();
      byte[] key = bytes(in);
      byte[] value = bytes(in);
      RecordHeaders headers = new RecordHeaders();
      for (int more = in.readInt(); more > 0; more--) {
        headers.add(in.readUTF(), bytes(in));
      }
      records.add(new ProducerRecord<>(topic, null, key, value, headers));
    }
    return new Entry(receipt, acceptedAt, records);
  }

  private static void write(DataOutputStream out, byte @Nullable [] value) throws IOException {
    if (value == null) {
      out.writeInt(NULL);
    } else {
      out.writeInt(value.length);
      out.write(value);
    }
  }

  private static byte @Nullable [] bytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length == NULL) {
      return null;
    }
    if (length < 0 || length > in.available()) {
      throw new IOException("%d bytes announced, and %d follow".formatted(length, in.available()));
    }
    return in.readNBytes(length);
  }
}
