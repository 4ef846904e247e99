// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.spool;

import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * One message, made into records. They are the same bytes however often they are written, so a copy
 * of an alert has the alert's id.
 *
 * @param receipt what the sender is given for it
 * @param acceptedAt when ingest had it
 */
public record Entry(
    String receipt, Instant acceptedAt, List<ProducerRecord<byte[], byte[]>> records) {}
