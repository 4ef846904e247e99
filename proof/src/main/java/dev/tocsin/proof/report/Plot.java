// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Plots as SVG, drawn for a page that has nothing else. */
final class Plot {

  static final int WIDTH = 900;
  private static final int LEFT = 110;
  private static final int RIGHT = 20;
  private static final int TOP = 12;
  private static final int BOTTOM = 34;

  private Plot() {}

  /** A line of points against seconds. */
  record Line(String name, String colour, Map<Integer, Integer> perBin) {}

  /** Something at a second. */
  record Mark(String row, double second, String colour) {}

  /** Counts in bins of time, with marks below: what happened, and what was done to it. */
  static String timeline(
      List<Line> lines, List<Mark> marks, List<String> rows, double seconds, int bin) {
    int plot = 130;
    int height = TOP + plot + 14 + rows.size() * 14 + BOTTOM;
    StringBuilder svg = open(height);
    int most =
        Math.max(
            1,
            lines.stream()
                .flatMap(l -> l.perBin().values().stream())
                .mapToInt(n -> n)
                .max()
                .orElse(1));
    text(svg, LEFT - 6, TOP + 8, "end", Integer.toString(most));
    text(svg, LEFT - 6, TOP + plot, "end", "0");
    text(svg, LEFT - 6, TOP + plot / 2, "end", "per " + bin + " s");
    for (Line line : lines) {
      StringBuilder points = new StringBuilder();
      for (int i = 0; i * bin <= seconds; i++) {
        int count = line.perBin().getOrDefault(i, 0);
        points.append(
            format(
                "%.1f,%.1f ",
                x(i * (double) bin, seconds), TOP + plot - plot * count / (double) most));
      }
      svg.append(
          format(
              "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\" points=\"%s\"/>",
              line.colour(), points));
    }
    for (int i = 0; i < rows.size(); i++) {
      text(svg, LEFT - 6, TOP + plot + 24 + i * 14, "end", rows.get(i));
    }
    for (Mark mark : marks) {
      double y = TOP + plot + 20 + rows.indexOf(mark.row()) * 14.0;
      svg.append(
          format(
              "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>",
              x(mark.second(), seconds), y, mark.colour()));
    }
    int base = height - BOTTOM + 16;
    for (int i = 0; i <= 6; i++) {
      double second = seconds * i / 6;
      text(svg, x(second, seconds), base, "middle", format("%.0f s", second));
    }
    return svg.append("</svg>").toString();
  }

  /** Which share was at most so long, on a logarithmic axis from 10 ms to 1000 s. */
  static String shares(Map<String, List<Long>> millis, List<String> colours) {
    int plot = 200;
    StringBuilder svg = open(TOP + plot + BOTTOM);
    for (int share = 0; share <= 100; share += 25) {
      double y = TOP + plot - plot * share / 100.0;
      grid(svg, LEFT, y, WIDTH - RIGHT, y);
      text(svg, LEFT - 6, y + 4, "end", share + " %");
    }
    for (long tick = 10; tick <= 1_000_000; tick *= 10) {
      double x = logX(tick);
      grid(svg, x, TOP, x, TOP + (double) plot);
      text(svg, x, TOP + plot + 16, "middle", tick < 1000 ? tick + " ms" : tick / 1000 + " s");
    }
    int series = 0;
    for (Map.Entry<String, List<Long>> each : millis.entrySet()) {
      String colour = colours.get(series);
      List<Long> sorted = each.getValue().stream().sorted().toList();
      StringBuilder points = new StringBuilder();
      int step = Math.max(1, sorted.size() / 400);
      for (int i = 0; i < sorted.size(); i += i + step < sorted.size() ? step : 1) {
        double share = (i + 1) / (double) sorted.size();
        points.append(format("%.1f,%.1f ", logX(sorted.get(i)), TOP + plot - plot * share));
      }
      svg.append(
          format(
              "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"%s\"/>",
              colour, points));
      svg.append(
          format(
              "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s (%d)</text>",
              LEFT + 12, TOP + 18 + series * 16, colour, each.getKey(), sorted.size()));
      series++;
    }
    return svg.append("</svg>").toString();
  }

  /** Each value as a dot in the row of its name. */
  static String rows(Map<String, List<Long>> millis) {
    Map<String, List<Long>> sorted = new TreeMap<>(millis);
    int plot = Math.max(1, sorted.size()) * 22;
    StringBuilder svg = open(TOP + plot + BOTTOM);
    double most =
        sorted.values().stream().flatMap(List::stream).mapToLong(n -> n).max().orElse(1000)
            / 1000.0;
    int row = 0;
    for (Map.Entry<String, List<Long>> each : sorted.entrySet()) {
      double y = TOP + row++ * 22 + 11;
      grid(svg, LEFT, y, WIDTH - RIGHT, y);
      text(svg, LEFT - 6, y + 4, "end", each.getKey());
      for (long value : each.getValue()) {
        svg.append(
            format(
                "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"#b33\" fill-opacity=\"0.5\"/>",
                x(value / 1000.0, most), y));
      }
    }
    for (int i = 0; i <= 5; i++) {
      text(svg, x(most * i / 5, most), TOP + plot + 16, "middle", format("%.1f s", most * i / 5));
    }
    return svg.append("</svg>").toString();
  }

  private static double x(double value, double most) {
    return LEFT + (WIDTH - LEFT - RIGHT) * value / Math.max(most, 0.001);
  }

  private static double logX(long millis) {
    double decades = Math.log10(Math.clamp(millis, 10, 1_000_000)) - 1;
    return LEFT + (WIDTH - LEFT - RIGHT) * decades / 5;
  }

  private static StringBuilder open(int height) {
    return new StringBuilder(format("<svg viewBox=\"0 0 %d %d\">", WIDTH, height));
  }

  private static void grid(StringBuilder svg, double x1, double y1, double x2, double y2) {
    svg.append(
        format(
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#8884\"/>",
            x1, y1, x2, y2));
  }

  private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
    svg.append(
        format("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, text));
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
