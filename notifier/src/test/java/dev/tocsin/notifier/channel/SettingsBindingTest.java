// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.notifier.channel.jira.JiraSettings;
import dev.tocsin.notifier.channel.pagerduty.PagerDutySettings;
import dev.tocsin.notifier.channel.slack.SlackSettings;
import dev.tocsin.notifier.channel.webhook.WebhookSettings;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The environment keys that the documentation promises. */
class SettingsBindingTest {

  @Test
  void pagerDuty_isSetByItsKeys() {
    PagerDutySettings settings =
        bind(
            "tocsin.pagerduty",
            PagerDutySettings.class,
            Map.of(
                "TOCSIN_PAGERDUTY_URL", "http://127.0.0.1:1",
                "TOCSIN_PAGERDUTY_ROUTING_KEY", "key",
                "TOCSIN_PAGERDUTY_API_TOKEN", "token",
                "TOCSIN_PAGERDUTY_RATE_PER_MINUTE", "0",
                "TOCSIN_PAGERDUTY_HEDGE_AFTER", "0",
                "TOCSIN_PAGERDUTY_POLL_INTERVAL", "30s"));
    assertThat(settings.routingKey()).isEqualTo("key");
    assertThat(settings.apiToken()).isEqualTo("token");
    assertThat(settings.ratePerMinute()).isZero();
    assertThat(settings.hedgeAfter()).isZero();
    assertThat(settings.pollInterval()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.isConfigured()).isTrue();
  }

  @Test
  void slack_isSetByItsKeys() {
    SlackSettings settings =
        bind(
            "tocsin.slack",
            SlackSettings.class,
            Map.of(
                "TOCSIN_SLACK_TOKEN", "xoxb-token",
                "TOCSIN_SLACK_CHANNEL", "C0123ABCD",
                "TOCSIN_SLACK_CHANNELS_PAYMENTS", "C0123PAYS",
                "TOCSIN_SLACK_RATE_PER_MINUTE", "0"));
    assertThat(settings.isConfigured()).isTrue();
    assertThat(settings.channel()).isEqualTo("C0123ABCD");
    assertThat(settings.channels()).containsExactly(Map.entry("payments", "C0123PAYS"));
    assertThat(settings.ratePerMinute()).isZero();
    assertThat(settings.toString()).doesNotContain("xoxb-token");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TOCSIN_SLACK_CHANNEL | #incidents | tocsin.slack.channel should be a channel's id, as C0123ABCD",
        "TOCSIN_SLACK_CHANNELS_SHOP | shop | tocsin.slack.channels.shop should be a channel's id",
        "TOCSIN_SLACK_TOKEN | xoxb-token | tocsin.slack.token is set, so tocsin.slack.channel should be too",
        "TOCSIN_SLACK_URL | slack.com | tocsin.slack.url should begin with https://",
        "TOCSIN_SLACK_RATE_PER_MINUTE | -1 | tocsin.slack.rate-per-minute should be between 0 (unpaced) and 100000: was -1"
      })
  void slackSettingThatIsWrong_isRefusedWithWhatIsRight(String key, String value, String says) {
    assertThatThrownBy(() -> bind("tocsin.slack", SlackSettings.class, Map.of(key, value)))
        .rootCause()
        .hasMessageContaining(says);
  }

  @Test
  void withoutKeys_everythingIsOff() {
    assertThat(
            bind("tocsin.slack", SlackSettings.class, Map.of("TOCSIN_SLACK_TOKEN", ""))
                .isConfigured())
        .isFalse();
    assertThat(bind("tocsin.pagerduty", PagerDutySettings.class, Map.of()).isConfigured())
        .isFalse();
    assertThat(
            bind("tocsin.jira", JiraSettings.class, Map.of("TOCSIN_JIRA_URL", "")).isConfigured())
        .isFalse();
    assertThat(bind("tocsin.notifier.webhook", WebhookSettings.class, Map.of()).allowedNetworks())
        .isEmpty();
  }

  @Test
  void jira_isSetByItsKeys() {
    JiraSettings settings =
        bind(
            "tocsin.jira",
            JiraSettings.class,
            Map.of(
                "TOCSIN_JIRA_URL", "https://example.atlassian.net",
                "TOCSIN_JIRA_EMAIL", "a@example.com",
                "TOCSIN_JIRA_API_TOKEN", "secret-token",
                "TOCSIN_JIRA_PROJECT", "OPS",
                "TOCSIN_JIRA_ISSUE_TYPE", "Bug"));
    assertThat(settings.issueType()).isEqualTo("Bug");
    assertThat(settings.toString()).doesNotContain("secret-token");
  }

  @Test
  void halfSetJira_isRefusedWithWhatIsMissing() {
    assertThatThrownBy(
            () ->
                bind(
                    "tocsin.jira",
                    JiraSettings.class,
                    Map.of("TOCSIN_JIRA_URL", "https://example.atlassian.net")))
        .rootCause()
        .hasMessageContaining("tocsin.jira.email and tocsin.jira.api-token");
  }

  @Test
  void allowedNetworks_areACommaList() {
    WebhookSettings settings =
        bind(
            "tocsin.notifier.webhook",
            WebhookSettings.class,
            Map.of("TOCSIN_NOTIFIER_WEBHOOK_ALLOWED_NETWORKS", "127.0.0.0/8, 10.1.0.0/16"));
    assertThat(settings.addresses().refusal(InetAddress.ofLiteral("127.0.0.1"))).isEmpty();
    assertThat(settings.addresses().refusal(InetAddress.ofLiteral("10.1.0.1"))).isEmpty();
    assertThat(settings.addresses().refusal(InetAddress.ofLiteral("10.2.0.1"))).isPresent();
  }

  @Test
  void faultyNetwork_isRefusedWithItsText() {
    assertThatThrownBy(
            () ->
                bind(
                    "tocsin.notifier.webhook",
                    WebhookSettings.class,
                    Map.of("TOCSIN_NOTIFIER_WEBHOOK_ALLOWED_NETWORKS", "localhost")))
        .rootCause()
        .hasMessageContaining("localhost");
  }

  private static <T> T bind(String prefix, Class<T> type, Map<String, Object> environment) {
    StandardEnvironment all = new StandardEnvironment();
    all.getPropertySources().forEach(s -> all.getPropertySources().remove(s.getName()));
    all.getPropertySources()
        .addFirst(
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, environment));
    return Binder.get(all).bindOrCreate(prefix, type);
  }
}
