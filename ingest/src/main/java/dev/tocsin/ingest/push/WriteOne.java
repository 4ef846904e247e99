// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.push;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import java.io.IOException;

/**
 * {@code prometheus.WriteRequest}, field by field as <a
 * href="https://prometheus.io/docs/specs/prw/remote_write_spec/">remote write 1.0</a> has it.
 */
final class WriteOne {

  private static final int TIMESERIES = Wire.message(1);
  private static final int METADATA = Wire.message(3);

  private static final int LABELS = Wire.message(1);
  private static final int SAMPLES = Wire.message(2);
  private static final int EXEMPLARS = Wire.message(3);
  private static final int HISTOGRAMS = Wire.message(4);

  private static final int NAME = Wire.message(1);
  private static final int VALUE = Wire.message(2);

  private WriteOne() {}

  static Batch read(byte[] body, BatchReader.Counted counted) throws IOException {
    int[] metadata = {0};
    Wire.read(
        body,
        (in, tag) -> {
          if (tag == TIMESERIES) {
            counted.part();
            counted.add(series(in, counted));
          } else {
            metadata[0] += tag == METADATA ? 1 : 0;
            Wire.skip(in, tag);
          }
        });
    return counted.batch(metadata[0]);
  }

  private static Batch.Series series(CodedInputStream in, BatchReader.Counted counted)
      throws IOException {
    SeriesReader series = new SeriesReader();
    Wire.nested(
        in,
        (fields, tag) -> {
          if (tag == LABELS) {
            label(fields, series);
          } else if (tag == SAMPLES) {
            counted.part();
            series.point(Wire.point(fields));
          } else {
            if (tag == EXEMPLARS) {
              series.exemplar();
            } else if (tag == HISTOGRAMS) {
              series.histogram();
            }
            Wire.skip(fields, tag);
          }
        });
    return series.read();
  }

  private static void label(CodedInputStream in, SeriesReader series) throws IOException {
    ByteString[] label = {ByteString.EMPTY, ByteString.EMPTY};
    Wire.nested(
        in,
        (fields, tag) -> {
          if (tag == NAME || tag == VALUE) {
            label[tag == NAME ? 0 : 1] = fields.readBytes();
          } else {
            Wire.skip(fields, tag);
          }
        });
    series.label(label[0], label[1]);
  }
}
