// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.report;

import dev.tocsin.proof.history.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A report as one page that needs nothing but itself. */
public final class HtmlReport {

  private static final String PAGE =
      """
      <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Tocsin under faults</title><style>
      body{font:14px/1.5 system-ui,sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#222;background:#fff}
      svg{width:100%%;height:auto;font:11px system-ui,sans-serif;fill:#555}pre{background:#f5f5f5;padding:1em;overflow:auto}
      h1 b{color:%s}h2{margin-top:2em}@media(prefers-color-scheme:dark){body{color:#ddd;background:#181818}pre{background:#222}svg{fill:#aaa}}
      </style></head><body>
      <h1>Tocsin under faults: <b>%s</b></h1>
      <pre>%s</pre>
      <h2>What happened when</h2>
      <p>Alerts accepted (blue), pages taken (green), tickets opened (orange) and posts in Slack (brown); below, each fault at its target: kills red, freezes purple, storms grey.</p>
      %s
      <h2>Accepted to page</h2>
      %s
      <h2>Kill -9 to the first page for an alert sent after it</h2>
      %s
      <h2>Kill -9 until the role is ready, nothing else at fault</h2>
      %s
      <h2>The same, with another fault meanwhile</h2>
      %s
      </body></html>
      """;

  private HtmlReport() {}

  public static String of(Report report, List<Entry> history) {
    Times times = new Times(history);
    Map<String, List<Long>> ways = new LinkedHashMap<>();
    for (Meanwhile meanwhile : Meanwhile.values()) {
      ways.put(meanwhile.label(), new ArrayList<>());
    }
    for (Times.Way way : times.ways()) {
      ways.computeIfAbsent(way.meanwhile().label(), n -> new ArrayList<>()).add(way.millis());
    }
    Map<String, List<Long>> recoveries = new TreeMap<>();
    times
        .recoveries()
        .forEach(r -> recoveries.computeIfAbsent(r.role(), x -> new ArrayList<>()).add(r.millis()));
    return PAGE.formatted(
        report.isClean() ? "#282" : "#b22",
        report.isClean() ? "nothing lost, nothing doubled" : "not clean",
        escaped(String.join("\n", TextReport.lines(report))),
        timeline(times),
        Plot.shares(ways, Arrays.stream(Meanwhile.values()).map(Meanwhile::colour).toList()),
        Plot.rows(recoveries),
        Plot.rows(times.restarts(true)),
        Plot.rows(times.restarts(false)));
  }

  private static String timeline(Times times) {
    List<Entry.Sent> sent =
        times.all(Entry.Sent.class).stream().filter(Entry.Sent::isAccepted).toList();
    if (sent.isEmpty()) {
      return "<p>Nothing was accepted.</p>";
    }
    Instant from = sent.getFirst().at();
    List<Instant> pages =
        times.all(Entry.Paged.class).stream()
            .filter(p -> p.taken() && p.isTrigger())
            .map(Entry.Paged::at)
            .toList();
    List<Instant> tickets =
        times.all(Entry.Ticketed.class).stream()
            .filter(t -> t.taken() && t.change().equals("create"))
            .map(Entry.Ticketed::at)
            .toList();
    List<Instant> posts =
        times.all(Entry.Posted.class).stream()
            .filter(p -> p.taken() && p.change().equals("post"))
            .map(Entry.Posted::at)
            .toList();
    List<Entry.Struck> faults = times.all(Entry.Struck.class);
    double seconds =
        Stream.of(
                pages.stream(), tickets.stream(), posts.stream(), sent.stream().map(Entry.Sent::at))
            .flatMap(all -> all)
            .mapToDouble(at -> seconds(from, at))
            .max()
            .orElse(1);
    int bin = Math.max(1, (int) (seconds / 150));
    return Plot.timeline(
        List.of(
            new Plot.Line(
                "accepted", "#36c", bins(from, sent.stream().map(Entry.Sent::at).toList(), bin)),
            new Plot.Line("pages", "#2a7", bins(from, pages, bin)),
            new Plot.Line("tickets", "#e90", bins(from, tickets, bin)),
            new Plot.Line("posts", "#a63", bins(from, posts, bin))),
        faults.stream()
            .map(f -> new Plot.Mark(f.target(), seconds(from, f.at()), colour(f)))
            .toList(),
        faults.stream().map(Entry.Struck::target).distinct().sorted().toList(),
        seconds,
        bin);
  }

  private static String colour(Entry.Struck fault) {
    if (fault.isKill()) {
      return "#c33";
    }
    return fault.kind().equals("freeze") ? "#84c" : "#999";
  }

  private static Map<Integer, Integer> bins(Instant from, List<Instant> times, int bin) {
    Map<Integer, Integer> bins = new HashMap<>();
    times.forEach(at -> bins.merge((int) (seconds(from, at) / bin), 1, Integer::sum));
    return bins;
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1000.0;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
