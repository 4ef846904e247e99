// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier;

import dev.tocsin.notifier.channel.Channel;
import dev.tocsin.notifier.channel.ChannelCatalog;
import dev.tocsin.notifier.channel.call.HttpCalls;
import dev.tocsin.notifier.channel.jira.JiraChannel;
import dev.tocsin.notifier.channel.jira.JiraSettings;
import dev.tocsin.notifier.channel.pagerduty.PagerDutyChannel;
import dev.tocsin.notifier.channel.pagerduty.PagerDutySettings;
import dev.tocsin.notifier.channel.sentinel.SentinelChannel;
import dev.tocsin.notifier.channel.slack.SlackChannel;
import dev.tocsin.notifier.channel.slack.SlackSettings;
import dev.tocsin.notifier.channel.webhook.Subscribers;
import dev.tocsin.notifier.channel.webhook.WebhookChannel;
import dev.tocsin.notifier.channel.webhook.WebhookSettings;
import dev.tocsin.notifier.subscription.Subscriptions;
import dev.tocsin.schemas.endpoint.EndpointPolicy;
import dev.tocsin.schemas.setting.Setting;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The channels there are. What is not configured is left out, and the catalog says so to whoever
 * asks for it.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  PagerDutySettings.class,
  JiraSettings.class,
  SlackSettings.class,
  WebhookSettings.class
})
class ChannelConfiguration {

  /** The channels of one vendor. None when it is not configured. */
  record Configured(List<Channel> channels) {

    static Configured none() {
      return new Configured(List.of());
    }
  }

  @Bean
  HttpCalls pagerDutyCalls() {
    return HttpCalls.anywhere(PagerDutyChannel.LIMITS);
  }

  @Bean
  Configured pagerDuty(PagerDutySettings settings, HttpCalls pagerDutyCalls, InstantSource clock) {
    List<Channel> channels = new ArrayList<>();
    if (settings.isConfigured()) {
      channels.add(PagerDutyChannel.first(settings, pagerDutyCalls, clock));
    }
    if (settings.second().isConfigured()) {
      channels.add(PagerDutyChannel.second(settings, pagerDutyCalls, clock));
    }
    return new Configured(channels);
  }

  @Bean
  HttpCalls jiraCalls() {
    return HttpCalls.anywhere(JiraChannel.LIMITS);
  }

  @Bean
  Configured jira(JiraSettings settings, HttpCalls jiraCalls, InstantSource clock) {
    return settings.isConfigured()
        ? new Configured(List.of(new JiraChannel(settings, jiraCalls, clock)))
        : Configured.none();
  }

  @Bean
  HttpCalls slackCalls() {
    return HttpCalls.anywhere(SlackChannel.LIMITS);
  }

  @Bean
  Configured slack(SlackSettings settings, HttpCalls slackCalls, InstantSource clock) {
    return settings.isConfigured()
        ? new Configured(List.of(new SlackChannel(settings, slackCalls, clock)))
        : Configured.none();
  }

  @Bean
  HttpCalls webhookCalls(WebhookSettings settings) {
    return HttpCalls.guarded(WebhookChannel.LIMITS, settings.addresses());
  }

  /** Signs what subscribers get: without a signing key there are no webhooks. */
  @Bean
  @ConditionalOnProperty("tocsin.signing-key")
  Configured webhooks(
      @Value("${tocsin.signing-key}") String signingKey,
      WebhookSettings settings,
      Subscriptions subscriptions,
      HttpCalls webhookCalls,
      InstantSource clock) {
    Subscribers subscribers =
        new Subscribers() {
          @Override
          public Setting.@Nullable Subscription find(String id) {
            return subscriptions.find(id);
          }

          @Override
          public Setting.@Nullable Disabled disabled(String id) {
            return subscriptions.disabled(id);
          }
        };
    return new Configured(
        List.of(
            new WebhookChannel(
                subscribers,
                Base64.getDecoder().decode(signingKey),
                new EndpointPolicy(settings.addresses()),
                webhookCalls,
                clock,
                settings.patience())));
  }

  @Bean
  Configured sentinel() {
    return new Configured(List.of(new SentinelChannel()));
  }

  @Bean
  ChannelCatalog channelCatalog(List<Configured> vendors) {
    return new ChannelCatalog(vendors.stream().flatMap(v -> v.channels().stream()).toList());
  }
}
