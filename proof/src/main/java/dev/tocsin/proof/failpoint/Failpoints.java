// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.failpoint;

import static dev.tocsin.proof.failpoint.Place.after;
import static dev.tocsin.proof.failpoint.Place.before;
import static dev.tocsin.proof.failpoint.Place.end;
import static dev.tocsin.proof.failpoint.Place.entry;

import java.util.ArrayList;
import java.util.List;

/**
 * The places there are, in the order of an alert's way. A test looks whether each is still in the
 * code; rows are those of the crash matrix in {@code docs/proof}.
 */
public final class Failpoints {

  private static final String WRITER = "dev.tocsin.ingest.AlertWriter";
  private static final String SEGMENT = "dev.tocsin.ingest.spool.Segment";
  private static final String SPOOL = "dev.tocsin.ingest.spool.SourceSpool";
  private static final String WORKER = "dev.tocsin.notifier.delivery.DeliveryWorker";
  private static final String UNDER_WAY = "dev.tocsin.notifier.delivery.UnderWay";
  private static final String MAKER = "dev.tocsin.notifier.delivery.AttemptMaker";
  private static final String LANES = "dev.tocsin.notifier.lane.LaneProcessor";
  private static final String STEPS = "dev.tocsin.agent.investigation.StepListener";
  private static final String VIEW = "dev.tocsin.console.view.ViewStore";
  private static final String STREAMS =
      "org.apache.kafka.streams.processor.internals.StreamsProducer";
  private static final String END_OF_TRANSACTION =
      "org.apache.kafka.clients.producer.internals.TransactionManager$EndTxnHandler";

  private static final List<Failpoint> SPOOLING =
      List.of(
          at("ingest.before-fsync", entry(SEGMENT, "append"), "C1"),
          at("ingest.after-fsync-before-answer", end(SPOOL, "append"), "C2"),
          at("ingest.spooled-and-answered", entry(WRITER, "write"), "C3"),
          at("ingest.drained-before-mark", entry(SPOOL, "drained"), "C4"));

  private static final List<Failpoint> ALL = all();

  private Failpoints() {}

  private static List<Failpoint> all() {
    List<Failpoint> all = new ArrayList<>();
    all.add(at("ingest.before-durable", entry(WRITER, "write"), "C1"));
    all.add(at("ingest.after-ack-before-answer", end(WRITER, "write"), "C2"));
    all.addAll(SPOOLING);
    all.add(at("detection.decided", entry("dev.tocsin.detection.IncidentProcessor", "tell"), "C5"));
    all.add(
        at(
            "detection.mid-transaction",
            end("dev.tocsin.detection.IncidentProcessor", "process"),
            "C5"));
    all.addAll(transaction("detection"));
    all.add(at("workflow.decided", entry("dev.tocsin.workflow.RespondProcessor", "act"), "C5"));
    all.add(
        at("workflow.mid-transaction", end("dev.tocsin.workflow.RespondProcessor", "act"), "C5"));
    all.addAll(transaction("workflow"));
    all.add(at("agent.step-before-offset", before(STEPS, "onMessage", "acknowledge"), "C26"));
    all.add(at("agent.offset-before-work", after(STEPS, "onMessage", "acknowledge"), "C26"));
    all.add(
        at(
            "agent.answer-before-result",
            entry("dev.tocsin.agent.investigation.Investigations", "send"),
            "C26"));
    all.add(
        at(
            "agent.after-result",
            end("dev.tocsin.agent.investigation.Investigations", "send"),
            "C26"));
    all.add(
        at(
            "notifier.fanned-out",
            end("dev.tocsin.notifier.subscription.FanOutProcessor", "process"),
            "C5"));
    all.add(at("notifier.lane-decided", entry(LANES, "tell"), "C5"));
    all.add(at("notifier.mid-transaction", end(LANES, "tell"), "C5"));
    all.addAll(transaction("notifier"));
    all.add(at("notifier.polled-before-offset", before(WORKER, "handOut", "commitSync"), "C9"));
    all.add(at("notifier.after-offset-before-call", entry(MAKER, "call"), "C10"));
    all.add(
        at(
            "notifier.called-before-answer",
            after("org.apache.hc.core5.http.impl.io.HttpRequestExecutor", "execute", "flush"),
            "C11"));
    all.add(
        at(
            "notifier.answered-unread",
            entry("dev.tocsin.notifier.channel.call.HttpCalls", "answered"),
            "C11"));
    all.add(at("notifier.after-call-before-result", end(MAKER, "make"), "C12"));
    all.add(at("notifier.result-durable", entry(UNDER_WAY, "end"), "C13"));
    all.add(
        at(
            "notifier.result-in-transaction",
            end("dev.tocsin.notifier.lane.Schedule", "result"),
            "C14"));
    all.add(at("console.before-view", entry(VIEW, "write"), "C21"));
    all.add(at("console.after-view", end(VIEW, "write"), "C21"));
    all.add(
        at(
            "broker.appended-before-answer",
            end("kafka.cluster.Partition", "appendRecordsToLeader"),
            "C17"));
    all.add(
        at(
            "broker.prepared-before-markers",
            entry(
                "kafka.coordinator.transaction.TransactionMarkerChannelManager",
                "addTxnMarkersToSend"),
            "C19"));
    return List.copyOf(all);
  }

  private static List<Failpoint> transaction(String service) {
    return List.of(
        at(
            service + ".before-commit",
            before(STREAMS, "commitTransaction", "commitTransaction"),
            "C5"),
        at(service + ".commit-unanswered", entry(END_OF_TRANSACTION, "handleResponse"), "C6"),
        at(service + ".after-commit", end(STREAMS, "commitTransaction"), "C7"));
  }

  private static Failpoint at(String name, Place place, String row) {
    return new Failpoint(name, name.substring(0, name.indexOf('.')), place, row);
  }

  /** All of them. */
  public static List<Failpoint> list() {
    return ALL;
  }

  /** Whether it is only passed while Kafka is away, or just after. */
  public static boolean isSpooling(Failpoint failpoint) {
    return SPOOLING.contains(failpoint);
  }

  public static Failpoint named(String name) {
    return ALL.stream()
        .filter(failpoint -> failpoint.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no failpoint %s; there are %s"
                        .formatted(name, ALL.stream().map(Failpoint::name).toList())));
  }
}
