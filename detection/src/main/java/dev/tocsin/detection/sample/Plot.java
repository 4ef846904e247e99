// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.sample;

import dev.tocsin.detection.anomaly.Judgement;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/** A picture of a series, its band and its anomalies; below it, the score. */
final class Plot {

  private static final int WIDTH = 1_200;
  private static final int HEIGHT = 420;
  private static final int LEFT = 70;
  private static final int TOP = 30;
  private static final int SERIES_BOTTOM = 310;
  private static final int SCORE_TOP = 330;
  private static final int SCORE_BOTTOM = 390;
  private static final double MARK = 9;

  /** What is rarer than this does not decide how high the picture is. */
  private static final double SHOWN = 0.0005;

  private static final Color BAND = new Color(0xCFE3F7);
  private static final Color SERIES = new Color(0x27496D);
  private static final Color ALARM = new Color(0xD1342F);
  private static final Color AXIS = new Color(0x777777);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int TICKS = 6;

  private final List<Point> points = new ArrayList<>();

  /** A sample and what was said of it; NaN where there was nothing. */
  private record Point(
      Instant at, double value, double low, double high, double score, boolean alarm) {}

  void add(Instant at, double value, Judgement judgement) {
    if (!Double.isFinite(value)) {
      return;
    }
    points.add(
        judgement instanceof Judgement.Judged j
            ? new Point(
                at, j.value(), j.band().low(), j.band().high(), j.score(), j.turn().isAlarm())
            : new Point(at, value, Double.NaN, Double.NaN, 0, false));
  }

  boolean isEmpty() {
    return points.isEmpty();
  }

  void write(Path file, String title) throws IOException {
    System.setProperty("java.awt.headless", "true");
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, WIDTH, HEIGHT);
    draw(g, title);
    g.dispose();
    try (OutputStream out = Files.newOutputStream(file)) {
      if (!ImageIO.write(image, "png", out)) {
        throw new IOException("this Java cannot write PNG");
      }
    }
  }

  private void draw(Graphics2D g, String title) {
    double[] sorted = points.stream().mapToDouble(Point::value).sorted().toArray();
    int cut = points.stream().anyMatch(Point::alarm) ? 0 : (int) (SHOWN * sorted.length);
    double least = sorted[cut];
    double most = sorted[sorted.length - 1 - cut];
    double room = most > least ? 0.05 * (most - least) : 1;
    Scale y = new Scale(least - room, most + room, SERIES_BOTTOM, TOP);
    Scale score = new Scale(0, 1, SCORE_BOTTOM, SCORE_TOP);
    band(g, y);
    g.setStroke(new BasicStroke(1));
    g.setColor(SERIES);
    g.draw(line(points.stream().mapToDouble(p -> y.of(p.value())).toArray()));
    g.setColor(AXIS);
    g.draw(line(points.stream().mapToDouble(p -> score.of(p.score())).toArray()));
    axes(g, title, y);
    g.setColor(ALARM);
    g.setStroke(new BasicStroke(2));
    for (int i = 0; i < points.size(); i++) {
      if (points.get(i).alarm()) {
        double middle = y.of(points.get(i).value());
        g.draw(new Ellipse2D.Double(x(i) - MARK / 2, middle - MARK / 2, MARK, MARK));
        g.drawLine((int) x(i), SCORE_TOP, (int) x(i), SCORE_BOTTOM);
      }
    }
  }

  /** Values to places, from the bottom up; what lies beyond is at the edge. */
  private record Scale(double least, double most, int bottom, int top) {

    double of(double value) {
      double part = Math.clamp((value - least) / (most - least), 0, 1);
      return bottom - part * (bottom - top);
    }
  }

  private void band(Graphics2D g, Scale y) {
    g.setColor(BAND);
    for (int i = 0; i < points.size(); i++) {
      Point p = points.get(i);
      if (!Double.isNaN(p.low())) {
        int high = (int) y.of(p.high());
        g.drawLine((int) x(i), high, (int) x(i), Math.max(high, (int) y.of(p.low())));
      }
    }
  }

  private void axes(Graphics2D g, String title, Scale y) {
    g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    g.setColor(AXIS);
    g.drawLine(LEFT, TOP, LEFT, SERIES_BOTTOM);
    g.drawLine(LEFT, SCORE_TOP, LEFT, SCORE_BOTTOM);
    g.drawString(title + ": series, band (pale), anomalies (red); below, the score", LEFT, 18);
    g.drawString("%.4g".formatted(y.most()), 8, TOP + 10);
    g.drawString("%.4g".formatted(y.least()), 8, SERIES_BOTTOM);
    for (int tick = 0; tick <= TICKS; tick++) {
      int i = tick * (points.size() - 1) / TICKS;
      g.drawString(DAY.format(points.get(i).at()), (int) Math.min(x(i), WIDTH - 90), HEIGHT - 8);
    }
  }

  private Path2D line(double[] places) {
    Path2D line = new Path2D.Double();
    for (int i = 0; i < places.length; i++) {
      if (i == 0) {
        line.moveTo(x(i), places[i]);
      } else {
        line.lineTo(x(i), places[i]);
      }
    }
    return line;
  }

  private double x(int i) {
    return LEFT + (double) i * (WIDTH - LEFT - 10) / Math.max(1, points.size() - 1);
  }
}
