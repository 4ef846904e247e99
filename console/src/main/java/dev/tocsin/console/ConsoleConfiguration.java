// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console;

import dev.tocsin.console.accounting.AccountingController;
import dev.tocsin.console.accounting.AccountingGauges;
import dev.tocsin.console.alert.AlertController;
import dev.tocsin.console.alert.Alerts;
import dev.tocsin.console.anomaly.Anomalies;
import dev.tocsin.console.anomaly.AnomalyController;
import dev.tocsin.console.auth.AuthConfiguration;
import dev.tocsin.console.auth.SubscriberTokens;
import dev.tocsin.console.beat.BeatController;
import dev.tocsin.console.beat.Beats;
import dev.tocsin.console.deadletter.DeadLetterController;
import dev.tocsin.console.deadletter.DeadLetters;
import dev.tocsin.console.deadletter.Undertaking;
import dev.tocsin.console.delivery.Deliveries;
import dev.tocsin.console.delivery.DeliveryController;
import dev.tocsin.console.effect.Effects;
import dev.tocsin.console.forecast.ForecastController;
import dev.tocsin.console.forecast.Forecasts;
import dev.tocsin.console.graph.ServiceController;
import dev.tocsin.console.graph.ServiceEdges;
import dev.tocsin.console.incident.IncidentActionController;
import dev.tocsin.console.incident.IncidentController;
import dev.tocsin.console.incident.IncidentMoveController;
import dev.tocsin.console.incident.Incidents;
import dev.tocsin.console.inhibition.InhibitionController;
import dev.tocsin.console.journal.Journal;
import dev.tocsin.console.journal.RefusalAudit;
import dev.tocsin.console.problem.DocumentedAnswers;
import dev.tocsin.console.problem.ErrorPageController;
import dev.tocsin.console.problem.KnownParameters;
import dev.tocsin.console.problem.ProblemAdvice;
import dev.tocsin.console.problem.StrictBodies;
import dev.tocsin.console.screen.ScreenPages;
import dev.tocsin.console.setting.SettingWriter;
import dev.tocsin.console.setting.Settings;
import dev.tocsin.console.silence.SilenceController;
import dev.tocsin.console.statement.StatementConfiguration;
import dev.tocsin.console.statement.Statements;
import dev.tocsin.console.subscription.Secrets;
import dev.tocsin.console.subscription.SubscriptionController;
import dev.tocsin.console.subscription.SubscriptionLifeController;
import dev.tocsin.console.subscription.SubscriptionPastController;
import dev.tocsin.console.view.CurrentView;
import dev.tocsin.console.view.Fold;
import dev.tocsin.console.view.Position;
import dev.tocsin.console.view.ViewConfiguration;
import dev.tocsin.console.view.ViewStore;
import dev.tocsin.kafka.KafkaConfiguration;
import dev.tocsin.schemas.endpoint.AddressPolicy;
import dev.tocsin.schemas.endpoint.EndpointPolicy;
import io.micrometer.core.instrument.MeterRegistry;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.handler.MappedInterceptor;

/** The console's parts, put together. */
@Configuration(proxyBeanMethods = false)
@Import({
  KafkaConfiguration.class,
  ViewConfiguration.class,
  AuthConfiguration.class,
  StatementConfiguration.class,
  ProblemAdvice.class,
  ErrorPageController.class,
  AccountingController.class,
  AlertController.class,
  AnomalyController.class,
  BeatController.class,
  DeadLetterController.class,
  DeliveryController.class,
  ForecastController.class,
  IncidentController.class,
  IncidentActionController.class,
  IncidentMoveController.class,
  InhibitionController.class,
  ServiceController.class,
  SilenceController.class,
  SubscriptionController.class,
  SubscriptionLifeController.class,
  SubscriptionPastController.class
})
public class ConsoleConfiguration {

  @Bean
  ConsoleMetrics consoleMetrics(MeterRegistry registry) {
    return new ConsoleMetrics(registry);
  }

  @Bean
  InstantSource clock() {
    return InstantSource.system();
  }

  @Bean
  List<Fold> folds() {
    return Stream.of(
            Alerts.folds(),
            Anomalies.folds(),
            Beats.folds(),
            DeadLetters.folds(),
            Deliveries.folds(),
            Effects.folds(),
            Forecasts.folds(),
            Incidents.folds(),
            ServiceEdges.folds(),
            Settings.folds(),
            Statements.folds())
        .flatMap(List::stream)
        .toList();
  }

  @Bean
  Alerts alerts(ViewStore store) {
    return new Alerts(store);
  }

  @Bean
  AccountingGauges accountingGauges(ViewStore store, ConsoleMetrics metrics) {
    return new AccountingGauges(store, metrics);
  }

  @Bean
  Anomalies anomalies(ViewStore store) {
    return new Anomalies(store);
  }

  @Bean
  Forecasts forecasts(ViewStore store) {
    return new Forecasts(store);
  }

  @Bean
  Beats beats(ViewStore store) {
    return new Beats(store);
  }

  @Bean
  DeadLetters deadLetters(ViewStore store) {
    return new DeadLetters(store);
  }

  @Bean
  Undertaking undertaking(DeadLetters letters, Journal journal, Position position) {
    return new Undertaking(letters, journal, position);
  }

  @Bean
  Deliveries deliveries(ViewStore store) {
    return new Deliveries(store);
  }

  @Bean
  Incidents incidents(ViewStore store) {
    return new Incidents(store);
  }

  @Bean
  ServiceEdges serviceEdges(ViewStore store) {
    return new ServiceEdges(store);
  }

  @Bean
  Settings settings(ViewStore store) {
    return new Settings(store);
  }

  @Bean
  SettingWriter settingWriter(Journal journal, Position position) {
    return new SettingWriter(journal, position);
  }

  @Bean(destroyMethod = "close")
  Producer<byte[], byte[]> journalProducer(KafkaProperties kafka) {
    Map<String, Object> config = new HashMap<>(kafka.buildProducerProperties());
    config.put(ProducerConfig.CLIENT_ID_CONFIG, "tocsin-console-journal");
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    // A person waits for the answer.
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Bean
  Journal journal(Producer<byte[], byte[]> producer, InstantSource clock, ConsoleMetrics metrics) {
    return new Journal(producer, clock, metrics);
  }

  @Bean
  RefusalAudit refusalAudit(Journal journal) {
    return new RefusalAudit(journal);
  }

  @Bean
  Secrets secrets(Environment environment) {
    return Secrets.parse(environment.getProperty("tocsin.signing-key"));
  }

  @Bean
  SubscriberTokens subscriberTokens(Secrets secrets) {
    return secrets::subscriber;
  }

  /** The notifier's own setting: what it would refuse to connect to is refused here first. */
  @Bean
  EndpointPolicy endpointPolicy(Environment environment) {
    List<String> allowed =
        Binder.get(environment)
            .bind("tocsin.notifier.webhook.allowed-networks", Bindable.listOf(String.class))
            .orElse(List.of());
    return new EndpointPolicy(AddressPolicy.allowing(allowed));
  }

  @Bean
  ScreenPages screenPages(CurrentView currentView) {
    return new ScreenPages(currentView);
  }

  @Bean
  MappedInterceptor knownParameters() {
    return new MappedInterceptor(new String[] {"/v1/**"}, new KnownParameters());
  }

  @Bean
  StrictBodies strictBodies() {
    return new StrictBodies();
  }

  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        .info(new Info().title("Tocsin console").version("1"))
        .addServersItem(new Server().url("/"))
        .components(
            new Components()
                .addSchemas(DocumentedAnswers.PROBLEM, DocumentedAnswers.problem())
                .addSecuritySchemes("basic", scheme("basic"))
                .addSecuritySchemes("bearer", scheme("bearer")))
        .addSecurityItem(new SecurityRequirement().addList("basic"))
        .addSecurityItem(new SecurityRequirement().addList("bearer"));
  }

  @Bean
  DocumentedAnswers documentedAnswers() {
    return new DocumentedAnswers();
  }

  private static SecurityScheme scheme(String name) {
    return new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme(name);
  }
}
