// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import dev.tocsin.ingest.admission.AdmissionSettings;
import dev.tocsin.ingest.auth.SourceSettings;
import dev.tocsin.ingest.body.LimitSettings;
import dev.tocsin.ingest.callback.CallbackSettings;
import dev.tocsin.ingest.push.PushSettings;
import dev.tocsin.ingest.spool.SpoolSettings;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may send alerts, how large and how many, what groups them, where they wait for Kafka.
 *
 * @param sources by name, which is the last part of the path they post to
 * @param callbacks by vendor, which is the last part of the path its webhooks go to
 * @param groupBy labels that make an alert group, the widest first; the last has to be there
 * @param push which of the samples that a Prometheus pushes are taken
 */
@ConfigurationProperties(prefix = "tocsin.ingest", ignoreUnknownFields = false)
record IngestSettings(
    @DefaultValue("8080") int port,
    @DefaultValue Map<String, SourceSettings> sources,
    @DefaultValue({"cluster", "namespace", "service"}) List<String> groupBy,
    @DefaultValue LimitSettings limits,
    @DefaultValue Map<String, CallbackSettings> callbacks,
    @DefaultValue AdmissionSettings admission,
    @DefaultValue SpoolSettings spool,
    @DefaultValue PushSettings push) {}
