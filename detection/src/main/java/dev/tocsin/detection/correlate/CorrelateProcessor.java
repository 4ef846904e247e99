// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.correlate;

import dev.tocsin.kafka.deadletter.SetAsideUndecidable;
import dev.tocsin.kafka.store.JsonShelf;
import dev.tocsin.kafka.store.Shelf;
import dev.tocsin.schemas.graph.ServiceEdge;
import dev.tocsin.schemas.incident.IncidentEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/** Keeps what correlation remembers in a store, and tells what it has to say. */
final class CorrelateProcessor implements Processor<String, Object, Object, Object> {

  static final Duration EVERY = Duration.ofSeconds(1);

  private static final String STORE = "correlation";
  private static final Duration REVIEW_EVERY = Duration.ofHours(1);

  private final CorrelationSettings settings;
  private final ServiceGraph graph;
  private final Consumer<IncidentEvent> happened;

  @SuppressWarnings("NullAway.Init") // Streams calls init first.
  private ProcessorContext<Object, Object> context;

  @SuppressWarnings("NullAway.Init")
  private SetAsideUndecidable setAside;

  @SuppressWarnings("NullAway.Init")
  private Correlation correlation;

  @SuppressWarnings("NullAway.Init")
  private Shelves shelves;

  /** What is written down of what, in one store. */
  private record Shelves(
      JsonShelf<Sighting> sightings,
      JsonShelf<CompanionBook.Opens> services,
      JsonShelf<CompanionBook.Pair> pairs,
      JsonShelf<ServiceEdge> learned,
      JsonShelf<ServiceEdge> fromFile) {}

  private CorrelateProcessor(
      CorrelationSettings settings, ServiceGraph graph, Consumer<IncidentEvent> happened) {
    this.settings = settings;
    this.graph = graph;
    this.happened = happened;
  }

  static ProcessorSupplier<String, Object, Object, Object> supplier(
      CorrelationSettings settings, ServiceGraph graph, Consumer<IncidentEvent> happened) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<String, Object, Object, Object> get() {
        return new CorrelateProcessor(settings, graph, happened);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(Shelf.store(STORE));
      }
    };
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    this.context = context;
    this.setAside =
        new SetAsideUndecidable(
            context, CorrelationTopology.SERVICE, CorrelationTopology.DEAD_LETTERS);
    KeyValueStore<Bytes, byte[]> store = context.getStateStore(STORE);
    this.shelves =
        new Shelves(
            new JsonShelf<>(new Shelf(store, "sightings"), Sighting.class),
            new JsonShelf<>(new Shelf(store, "services"), CompanionBook.Opens.class),
            new JsonShelf<>(new Shelf(store, "pairs"), CompanionBook.Pair.class),
            new JsonShelf<>(new Shelf(store, "learned"), ServiceEdge.class),
            new JsonShelf<>(new Shelf(store, "from-file"), ServiceEdge.class));
    this.correlation = new Correlation(settings, graph);
    shelves.sightings().forEach("", correlation.sightings()::restore);
    shelves.services().forEach("", correlation.book().services()::restore);
    shelves.pairs().forEach("", correlation.book().pairs()::restore);
    shelves.learned().forEach("", correlation.book().edges()::restore);
    Instant now = Instant.ofEpochMilli(context.currentSystemTimeMs());
    correlation.restored(now);
    if (context.taskId().partition() == CorrelationTopology.PARTITION) {
      context.schedule(
          EVERY,
          PunctuationType.WALL_CLOCK_TIME,
          new FileEdges(shelves.fromFile(), graph, this::tell)::tellOnce);
      context.schedule(
          EVERY,
          PunctuationType.WALL_CLOCK_TIME,
          millis -> timePassed(Instant.ofEpochMilli(millis)));
      context.schedule(REVIEW_EVERY, PunctuationType.WALL_CLOCK_TIME, this::review);
    }
  }

  @Override
  public void process(Record<String, Object> record) {
    Instant now = Instant.ofEpochMilli(record.timestamp());
    if (record.value() instanceof IncidentEvent event) {
      try {
        correlation.happened(event, now);
      } catch (KafkaException e) {
        throw e;
      } catch (RuntimeException e) {
        setAside.accept(record, e);
      }
      write(now);
    }
  }

  private void timePassed(Instant now) {
    List<IncidentEvent.Related> due = correlation.due(now);
    for (IncidentEvent.Related related : due) {
      context.forward(
          new Record<>(related.incidentId(), related, now.toEpochMilli()),
          CorrelationTopology.INCIDENTS);
      happened.accept(related);
    }
    write(now);
    if (!due.isEmpty()) {
      // Until then nobody can read past it, and who pages reads incidents.
      context.commit();
    }
  }

  private void review(long millis) {
    Instant now = Instant.ofEpochMilli(millis);
    correlation.book().review(now);
    write(now);
  }

  private void write(Instant now) {
    correlation.sightings().write((key, value) -> put(shelves.sightings(), key, value));
    correlation.book().services().write((key, value) -> put(shelves.services(), key, value));
    correlation.book().pairs().write((key, value) -> put(shelves.pairs(), key, value));
    correlation
        .book()
        .edges()
        .write(
            (key, value) -> {
              ServiceEdge before = shelves.learned().get(key);
              if (before != null && (value == null || !before.key().equals(value.key()))) {
                tell(before.key(), null, now);
              }
              if (value != null) {
                tell(value.key(), value, now);
              }
              put(shelves.learned(), key, value);
            });
  }

  private void tell(String key, @Nullable ServiceEdge edge, Instant now) {
    context.forward(new Record<>(key, edge, now.toEpochMilli()), CorrelationTopology.SERVICE_EDGES);
  }

  private static <V> void put(JsonShelf<V> shelf, String key, @Nullable V value) {
    if (value == null) {
      shelf.remove(key);
    } else {
      shelf.put(key, value);
    }
  }
}
