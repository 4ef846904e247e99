// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.graph;

import dev.tocsin.schemas.graph.ServiceEdge;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The graph of services that incidents are related by. */
@RestController
@RequestMapping("/v1/services")
@Tag(name = "services")
public final class ServiceController {

  private static final int MOST = 10_000;

  private final ServiceEdges edges;

  public ServiceController(ServiceEdges edges) {
    this.edges = edges;
  }

  /**
   * The graph.
   *
   * @param services those that have an edge
   * @param complete false when there is more than one answer holds
   */
  record Graph(List<String> services, List<ServiceEdge> edges, boolean complete) {}

  @GetMapping
  @Operation(
      summary = "Which service depends on which: as the services file says, or as was learned")
  Graph graph() {
    List<ServiceEdge> all = edges.first(MOST);
    List<String> services =
        all.stream().flatMap(e -> Stream.of(e.from(), e.to())).distinct().sorted().toList();
    return new Graph(services, all, all.size() < MOST);
  }
}
