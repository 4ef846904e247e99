// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.evidence;

/**
 * A question asked about every incident that has the labels it needs.
 *
 * @param title what it tells
 * @param query PromQL in which {@code {service}} stands for the value of the label
 */
public record PrometheusQuery(String title, String query) {

  public PrometheusQuery {
    if (title.isBlank() || query.isBlank()) {
      throw new IllegalArgumentException(
          "tocsin.agent.prometheus.queries: each needs a title and a query: was title '%s', query '%s'"
              .formatted(title, query));
    }
  }
}
