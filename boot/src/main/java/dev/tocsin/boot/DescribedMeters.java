// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.boot;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Properties;

/** Says of each meter what it counts, in the words that its service has in a file of its own. */
public final class DescribedMeters implements MeterFilter {

  private static final String FILE = "META-INF/tocsin/meters.properties";

  private final Properties words;

  private DescribedMeters(Properties words) {
    this.words = words;
  }

  /** With the words of all services that are here. */
  public static DescribedMeters ofTheClassPath() {
    Properties words = new Properties();
    try {
      ClassLoader here = DescribedMeters.class.getClassLoader();
      for (URL file : Collections.list(here.getResources(FILE))) {
        try (Reader reader = new InputStreamReader(file.openStream(), StandardCharsets.UTF_8)) {
          words.load(reader);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the words for meters cannot be read", e);
    }
    return new DescribedMeters(words);
  }

  @Override
  public Meter.Id map(Meter.Id id) {
    String said = words.getProperty(id.getName());
    return said == null || id.getDescription() != null
        ? id
        : new Meter.Id(
            id.getName(), Tags.of(id.getTagsAsIterable()), id.getBaseUnit(), said, id.getType());
  }
}
