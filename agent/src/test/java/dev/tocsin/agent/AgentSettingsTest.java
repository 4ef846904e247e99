// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Read as at a start: a wrong setting stops it, and says what would be right. */
class AgentSettingsTest {

  @Test
  void nothingSet_isEvidenceOnly_withinBounds() {
    AgentSettings settings = read(Map.of("tocsin.agent.port", "8084"));

    assertThat(settings.llm().isConfigured()).isFalse();
    assertThat(settings.prometheus().address()).isEmpty();
    assertThat(settings.loki().address()).isEmpty();
    assertThat(settings.grafana().address()).isEmpty();
    assertThat(settings.queue()).isEqualTo(64);
    assertThat(settings.budget().time()).hasMinutes(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "concurrency | 0 | tocsin.agent.concurrency should be between 1 and 64: was 0",
        "concurrency | 65 | tocsin.agent.concurrency should be between 1 and 64: was 65",
        "queue | 3 | tocsin.agent.queue should be between concurrency (4) and 10000: was 3",
        "queue | 10001 | tocsin.agent.queue should be between concurrency (4) and 10000: was 10001",
        "llm.url | http://localhost:11434/v1 | tocsin.agent.llm.url and tocsin.agent.llm.model go"
            + " together: url was 'http://localhost:11434/v1', model was ''",
        "llm.model | gpt | tocsin.agent.llm.url and tocsin.agent.llm.model go together",
        "budget.time | 11m | tocsin.agent.budget.time should be between 1s and 10m: was PT11M",
        "budget.tool-calls | -1 | tocsin.agent.budget.tool-calls should be between 0 and 100: was -1",
        "budget.tols-calls | 1 | The elements [tocsin.agent.budget.tols-calls] were left unbound.",
        "lokki.url | http://loki | The elements [tocsin.agent.lokki.url] were left unbound."
      })
  void wrongSetting_stopsTheStart(String key, String value, String message) {
    assertThatThrownBy(() -> read(Map.of("tocsin.agent." + key, value)))
        .rootCause()
        .hasMessageStartingWith(message.strip());
  }

  @ParameterizedTest
  @CsvSource({
    "prometheus, localhost:9090",
    "prometheus, file:///etc/passwd",
    "loki, ftp://loki.example",
    "grafana, http://",
    "grafana, javascript:alert(1)"
  })
  void addressThatIsNone_isRefusedByName(String what, String url) {
    AgentSettings settings = read(Map.of("tocsin.agent." + what + ".url", url));

    assertThatThrownBy(
            () -> {
              settings.prometheus().address();
              settings.loki().address();
              settings.grafana().address();
            })
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "tocsin.agent."
                + what
                + ".url should be an http(s) address like http://localhost:9090: was "
                + url);
  }

  @Test
  void secrets_areNotInWhatSettingsSayOfThemselves() {
    AgentSettings settings =
        read(
            Map.of(
                "tocsin.agent.llm.url", "https://api.example/v1",
                "tocsin.agent.llm.model", "gpt",
                "tocsin.agent.llm.api-key", "hunter2tango",
                "tocsin.agent.grafana.url", "https://grafana.example",
                "tocsin.agent.grafana.token", "hunter3tango"));

    assertThat(settings.llm().apiKey()).isEqualTo("hunter2tango");
    assertThat(settings.grafana().token()).isEqualTo("hunter3tango");
    assertThat(settings.toString())
        .contains("apiKey set", "token set")
        .doesNotContain("hunter2tango")
        .doesNotContain("hunter3tango");
  }

  private static AgentSettings read(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings))
        .bind(
            "tocsin.agent",
            Bindable.of(AgentSettings.class),
            new NoUnboundElementsBindHandler(BindHandler.DEFAULT))
        .get();
  }
}
