// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.llm;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which model investigates ({@code tocsin.agent.llm}); none when there is no address.
 *
 * @param url of an OpenAI-compatible endpoint, up to {@code /v1}
 * @param model its name there
 * @param apiKey sent as bearer token; many local servers need none
 */
public record LlmSettings(
    @DefaultValue("") String url, @DefaultValue("") String model, @DefaultValue("") String apiKey) {

  public LlmSettings {
    if (url.isBlank() != model.isBlank()) {
      throw new IllegalArgumentException(
          "tocsin.agent.llm.url and tocsin.agent.llm.model go together: url was '%s', model was '%s'"
              .formatted(url, model));
    }
    if (!url.isBlank() && !url.matches("https?://[^\\s/]+.*")) {
      throw new IllegalArgumentException(
          "tocsin.agent.llm.url should be an http(s) address like https://api.openai.com/v1: was "
              + url);
    }
  }

  public boolean isConfigured() {
    return !url.isBlank();
  }

  @Override
  public String toString() {
    return "LlmSettings["
        + url
        + ", "
        + model
        + ", apiKey "
        + (apiKey.isBlank() ? "none" : "set")
        + ']';
  }
}
