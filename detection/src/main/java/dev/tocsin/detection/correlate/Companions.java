// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.correlate;

import dev.tocsin.schemas.graph.ServiceEdge;
import java.util.Optional;
import java.util.Set;

/** What is known of services whose incidents open together. */
interface Companions {

  Companions NONE =
      new Companions() {
        @Override
        public Set<String> of(String service) {
          return Set.of();
        }

        @Override
        public Optional<ServiceEdge> edge(String a, String b) {
          return Optional.empty();
        }

        @Override
        public Optional<String> novelty(String a, String b) {
          return Optional.empty();
        }
      };

  /** The services that it opens together with more often than by chance, or newly. */
  Set<String> of(String service);

  /** The learned edge between two services, if they open together more often than by chance. */
  Optional<ServiceEdge> edge(String a, String b);

  /** Why it is new that these two open together, in words; empty when it is not. */
  Optional<String> novelty(String a, String b);
}
