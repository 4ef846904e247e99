// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import dev.tocsin.detection.flow.AlertFlow;
import dev.tocsin.detection.flow.Finding;
import dev.tocsin.detection.flow.Report;
import dev.tocsin.detection.storm.StormGroup;
import dev.tocsin.schemas.anomaly.Anomaly;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Watches the flow of alerts.
 *
 * <p>Time is that of the records, so that what is read again is judged again as it was. Only when
 * nothing has come for a minute, the machine's time is taken, since then nothing waits to be read
 * that is older.
 */
final class FlowProcessor implements Processor<String, Report, String, Anomaly> {

  private static final Duration LOOK_EVERY = Duration.ofMinutes(1);
  private static final int HOUR = 60;

  private final int partitions;
  private final DetectionMetrics metrics;
  private long now;
  private long minute = -1;
  private boolean heard = true;

  @SuppressWarnings("NullAway.Init") // Streams calls init first.
  private ProcessorContext<String, Anomaly> context;

  @SuppressWarnings("NullAway.Init")
  private FlowStores stores;

  @SuppressWarnings("NullAway.Init")
  private AlertFlow flow;

  private FlowProcessor(int partitions, DetectionMetrics metrics) {
    this.partitions = partitions;
    this.metrics = metrics;
  }

  static ProcessorSupplier<String, Report, String, Anomaly> supplier(
      int partitions, DetectionMetrics metrics) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<String, Report, String, Anomaly> get() {
        return new FlowProcessor(partitions, metrics);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return FlowStores.builders();
      }
    };
  }

  @Override
  public void init(ProcessorContext<String, Anomaly> context) {
    this.context = context;
    this.stores = new FlowStores(context);
    this.flow = new AlertFlow(stores);
    context.schedule(LOOK_EVERY, PunctuationType.WALL_CLOCK_TIME, this::look);
  }

  @Override
  public void process(Record<String, Report> record) {
    heard = true;
    pass(record.timestamp());
    tell(flow.hear(record.value(), now));
    if (stores.isFull()) {
      stores.sweep(now);
    }
  }

  private void look(long wallClock) {
    if (!heard) {
      pass(wallClock);
    }
    heard = false;
  }

  /** Time goes on to at least then. */
  private void pass(long until) {
    now = Math.max(now, until);
    long next = AlertFlow.minute(now);
    if (next <= minute) {
      return;
    }
    boolean hourIsOver = next / HOUR > minute / HOUR;
    minute = next;
    for (String scope : stores.scopesToLookAt(minute, hourIsOver)) {
      tell(flow.minuteOver(scope, now));
    }
    for (List<String> due = stores.due(now); !due.isEmpty(); due = stores.due(now)) {
      due.forEach(identity -> tell(flow.due(identity, now)));
    }
    if (hourIsOver) {
      stores.sweep(now);
    }
  }

  private void tell(List<Finding> found) {
    for (Finding finding : found) {
      metrics.found(finding);
      for (String group : groups(finding)) {
        context.forward(new Record<>(group, finding.anomaly(group), now));
      }
    }
  }

  /** A storm of everything is told wherever incidents may open: fewer are a storm then. */
  private List<String> groups(Finding finding) {
    return finding.kind() == Anomaly.Kind.STORM && finding.subject().isEverything()
        ? IntStream.range(0, partitions).mapToObj(p -> StormGroup.of(p, partitions)).toList()
        : List.of(finding.subject().group());
  }
}
