// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.correlate;

import dev.tocsin.kafka.store.JsonShelf;
import dev.tocsin.schemas.graph.ServiceEdge;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tells what the services file says, and takes back what it says no longer. */
final class FileEdges {

  /** Where edges go; null takes one back. */
  interface Told {
    void tell(String key, @Nullable ServiceEdge edge, Instant now);
  }

  private final JsonShelf<ServiceEdge> shelf;
  private final ServiceGraph graph;
  private final Told told;
  private boolean done;

  FileEdges(JsonShelf<ServiceEdge> shelf, ServiceGraph graph, Told told) {
    this.shelf = shelf;
    this.graph = graph;
    this.told = told;
  }

  /** The file is read at start: after the first time, nothing changes. */
  void tellOnce(long millis) {
    if (done) {
      return;
    }
    done = true;
    Instant now = Instant.ofEpochMilli(millis);
    Map<String, ServiceEdge> before = new TreeMap<>();
    shelf.forEach("", before::put);
    for (String service : graph.services()) {
      for (String dependency : graph.dependenciesOf(service)) {
        ServiceEdge edge =
            new ServiceEdge(
                service, dependency, ServiceEdge.Source.FILE, true, 1, null, null, null, null, now);
        if (before.remove(edge.key()) == null) {
          shelf.put(edge.key(), edge);
          told.tell(edge.key(), edge, now);
        }
      }
    }
    before
        .keySet()
        .forEach(
            key -> {
              shelf.remove(key);
              told.tell(key, null, now);
            });
  }
}
