// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.graph;

import dev.tocsin.console.view.Changes;
import dev.tocsin.console.view.Family;
import dev.tocsin.console.view.Fold;
import dev.tocsin.console.view.Key;
import dev.tocsin.console.view.Rows;
import dev.tocsin.console.view.Table;
import dev.tocsin.schemas.graph.ServiceEdge;
import dev.tocsin.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Edges between services as the view holds them. */
public final class ServiceEdges {

  private static final Table EDGES = new Table(Family.FOR_GOOD, "service-edge");

  private final Rows rows;

  public ServiceEdges(Rows rows) {
    this.rows = rows;
  }

  public static List<Fold> folds() {
    return List.of(
        new Fold() {
          @Override
          public String topic() {
            return Topics.SERVICE_EDGES.name();
          }

          @Override
          public void apply(ConsumerRecord<byte[], byte[]> record, Changes changes) {
            Key key = EDGES.key(new String(record.key(), StandardCharsets.UTF_8));
            if (record.value() == null) {
              changes.delete(key);
            } else {
              changes.putBytes(key, record.value());
            }
          }
        });
  }

  /** By their source and the names of the services. */
  List<ServiceEdge> first(int most) {
    return rows.first(EDGES.key().startingWith(""), most, ServiceEdge.class);
  }
}
