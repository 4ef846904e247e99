// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.push;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code io.prometheus.write.v2.Request}, field by field as <a
 * href="https://prometheus.io/docs/specs/prw/remote_write_spec_2_0/">remote write 2.0</a> has it.
 */
final class WriteTwo {

  private static final int SYMBOLS = Wire.message(4);
  private static final int TIMESERIES = Wire.message(5);

  private static final int LABELS_REFS = Wire.message(1);
  private static final int LABELS_REF = Wire.varint(1);
  private static final int SAMPLES = Wire.message(2);
  private static final int HISTOGRAMS = Wire.message(3);
  private static final int EXEMPLARS = Wire.message(4);

  private WriteTwo() {}

  /** In two turns, since fields have no order: first the words, then what is made of them. */
  static Batch read(byte[] body, BatchReader.Counted counted) throws IOException {
    List<ByteString> symbols = new ArrayList<>();
    Wire.read(
        body,
        (in, tag) -> {
          if (tag == SYMBOLS) {
            counted.part();
            symbols.add(in.readBytes());
          } else {
            Wire.skip(in, tag);
          }
        });
    Wire.read(
        body,
        (in, tag) -> {
          if (tag == TIMESERIES) {
            counted.part();
            counted.add(series(in, symbols, counted));
          } else {
            Wire.skip(in, tag);
          }
        });
    return counted.batch(0);
  }

  private static Batch.Series series(
      CodedInputStream in, List<ByteString> symbols, BatchReader.Counted counted)
      throws IOException {
    SeriesReader series = new SeriesReader();
    Refs refs = new Refs();
    Wire.nested(
        in,
        (fields, tag) -> {
          if (tag == LABELS_REFS) {
            int outer = fields.pushLimit(fields.readRawVarint32());
            while (!fields.isAtEnd()) {
              refs.add(fields.readUInt32());
            }
            fields.popLimit(outer);
          } else if (tag == LABELS_REF) {
            refs.add(fields.readUInt32());
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
    refs.tell(series, symbols);
    return series.read();
  }

  /** Numbers of words, two for each label; of too many only the first are kept. */
  private static final class Refs {

    private static final int MOST = 2 * (SeriesReader.MOST_LABELS + 1);

    private final int[] refs = new int[MOST];
    private int count;

    private void add(int ref) {
      if (count < MOST) {
        refs[count++] = ref;
      }
    }

    private void tell(SeriesReader series, List<ByteString> symbols) {
      if (count % 2 != 0) {
        series.wrong("a label has a name and no value");
      }
      for (int i = 0; i + 1 < count; i += 2) {
        if (isOut(refs[i], symbols) || isOut(refs[i + 1], symbols)) {
          series.wrong("a label is not among the %d symbols".formatted(symbols.size()));
        } else {
          series.label(symbols.get(refs[i]), symbols.get(refs[i + 1]));
        }
      }
    }

    private static boolean isOut(int ref, List<ByteString> symbols) {
      return ref < 0 || ref >= symbols.size();
    }
  }
}
