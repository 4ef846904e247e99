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
import java.util.Optional;
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
@EnableConfigurationProperties({PagerDutySettings.class, JiraSettings.class, WebhookSettings.class})
class ChannelConfiguration {

  @Bean
  HttpCalls pagerDutyCalls() {
    return HttpCalls.anywhere(PagerDutyChannel.LIMITS);
  }

  @Bean
  HttpCalls jiraCalls() {
    return HttpCalls.anywhere(JiraChannel.LIMITS);
  }

  @Bean
  HttpCalls webhookCalls(WebhookSettings settings) {
    return HttpCalls.guarded(WebhookChannel.LIMITS, settings.addresses());
  }

  /** Signs what subscribers get: without a signing key there are no webhooks. */
  @Bean
  @ConditionalOnProperty("tocsin.signing-key")
  WebhookChannel webhookChannel(
      @Value("${tocsin.signing-key}") String signingKey,
      WebhookSettings settings,
      Subscriptions subscriptions,
      HttpCalls webhookCalls,
      InstantSource clock) {
    return new WebhookChannel(
        new Subscribers() {
          @Override
          public Setting.@Nullable Subscription find(String id) {
            return subscriptions.find(id);
          }

          @Override
          public Setting.@Nullable Disabled disabled(String id) {
            return subscriptions.disabled(id);
          }
        },
        Base64.getDecoder().decode(signingKey),
        new EndpointPolicy(settings.addresses()),
        webhookCalls,
        clock,
        settings.patience());
  }

  @Bean
  ChannelCatalog channelCatalog(
      PagerDutySettings pagerDuty,
      JiraSettings jira,
      Optional<WebhookChannel> webhookChannel,
      HttpCalls pagerDutyCalls,
      HttpCalls jiraCalls,
      InstantSource clock) {
    List<Channel> configured = new ArrayList<>();
    if (pagerDuty.isConfigured()) {
      configured.add(PagerDutyChannel.first(pagerDuty, pagerDutyCalls, clock));
    }
    if (pagerDuty.second().isConfigured()) {
      configured.add(PagerDutyChannel.second(pagerDuty, pagerDutyCalls, clock));
    }
    if (jira.isConfigured()) {
      configured.add(new JiraChannel(jira, jiraCalls, clock));
    }
    webhookChannel.ifPresent(configured::add);
    configured.add(new SentinelChannel());
    return new ChannelCatalog(configured);
  }
}
