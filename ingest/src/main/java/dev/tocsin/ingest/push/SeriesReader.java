// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.push;

import com.google.protobuf.ByteString;
import dev.tocsin.ingest.push.Batch.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A series while it is read. What is wrong with its labels is wrong with it alone. */
final class SeriesReader {

  static final int MOST_LABELS = 64;
  static final int LONGEST_NAME = 256;
  static final int LONGEST_VALUE = 2_048;

  private final SortedMap<String, String> labels = new TreeMap<>();
  private final List<Point> points = new ArrayList<>(1);
  private int given;
  private int histograms;
  private int exemplars;
  private @Nullable String fault;

  void label(ByteString name, ByteString value) {
    if (++given > MOST_LABELS) {
      wrong("it has more than " + MOST_LABELS + " labels");
    } else if (name.isEmpty()) {
      wrong("a label has no name");
    } else if (!name.isValidUtf8() || !value.isValidUtf8()) {
      wrong("a label is not UTF-8");
    } else if (name.size() > LONGEST_NAME || value.size() > LONGEST_VALUE) {
      wrong(
          "a label's name has at most %d bytes, and its value %d"
              .formatted(LONGEST_NAME, LONGEST_VALUE));
    } else if (labels.put(name.toStringUtf8(), value.toStringUtf8()) != null) {
      wrong("the label '" + name.toStringUtf8() + "' is there twice");
    }
  }

  void wrong(String what) {
    fault = fault == null ? what : fault;
  }

  void point(Point point) {
    points.add(point);
  }

  void histogram() {
    histograms++;
  }

  void exemplar() {
    exemplars++;
  }

  Batch.Series read() {
    // To Prometheus a label without a value is one that is not there.
    labels.values().removeIf(String::isEmpty);
    if (!labels.containsKey(Batch.METRIC)) {
      wrong("it has no label " + Batch.METRIC);
    }
    return new Batch.Series(labels, fault, points, histograms, exemplars);
  }
}
