// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.llm;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.tocsin.agent.metrics.AgentMetrics.Call;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A model behind an OpenAI-compatible endpoint, streamed so that it can be cut off at any time.
 *
 * <p>The answer is asked for in our schema. An endpoint that refuses such a request is asked again
 * without, and never with it from then on: what comes is checked anyway.
 */
public final class OpenAiModel implements Model {

  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(3);
  private static final int MOST_TOKENS_A_REPLY = 2_000;

  private final String name;
  private final StreamingChatModel model;
  private volatile boolean knowsSchemas = true;

  /**
   * @param longest no answer is waited for longer, even where nobody cuts it off
   */
  public OpenAiModel(LlmSettings settings, Duration longest) {
    this.name = settings.model();
    this.model =
        OpenAiStreamingChatModel.builder()
            .httpClientBuilder(
                new JdkHttpClientBuilder()
                    .httpClientBuilder(
                        HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .followRedirects(HttpClient.Redirect.NEVER))
                    .connectTimeout(CONNECT_WITHIN))
            .baseUrl(settings.url())
            .apiKey(settings.apiKey().isBlank() ? "none" : settings.apiKey())
            .modelName(settings.model())
            .timeout(longest)
            .strictJsonSchema(true)
            .maxTokens(MOST_TOKENS_A_REPLY)
            .temperature(0.0)
            .build();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Reply ask(Question question, Duration within) throws Failure, InterruptedException {
    long start = System.nanoTime();
    boolean asSchema = knowsSchemas;
    try {
      return ask(Wording.request(question, asSchema), within);
    } catch (RefusedRequest e) {
      if (!asSchema) {
        throw new Failure(Call.REFUSED, String.valueOf(e.getMessage()));
      }
      knowsSchemas = false;
    }
    try {
      return ask(Wording.request(question, false), within.minusNanos(System.nanoTime() - start));
    } catch (RefusedRequest e) {
      throw new Failure(Call.REFUSED, String.valueOf(e.getMessage()));
    }
  }

  private Reply ask(ChatRequest request, Duration within)
      throws Failure, RefusedRequest, InterruptedException {
    Stream stream = new Stream();
    try {
      model.chat(request, stream);
      ChatResponse response = stream.whole().get(within.toMillis(), TimeUnit.MILLISECONDS);
      return Wording.reply(response);
    } catch (TimeoutException e) {
      throw new Failure(Call.TIMEOUT, "it did not answer within " + within.toMillis() + " ms");
    } catch (ExecutionException e) {
      throw failure(e.getCause() == null ? e : e.getCause());
    } catch (RuntimeException e) {
      throw failure(e);
    } finally {
      stream.cutOff();
    }
  }

  private static Failure failure(Throwable cause) throws RefusedRequest {
    if (cause instanceof InvalidRequestException) {
      throw new RefusedRequest(complaint(cause));
    }
    for (Throwable c = cause; c != null; c = c.getCause()) {
      if (c instanceof HttpException http) {
        if (http.statusCode() == 400 || http.statusCode() == 422) {
          throw new RefusedRequest(complaint(http));
        }
        return new Failure(Call.FAILED, "it answered HTTP " + http.statusCode());
      }
      if (c instanceof Stream.TooMuch) {
        return new Failure(Call.INVALID, "it said too much");
      }
    }
    return new Failure(Call.FAILED, complaint(cause));
  }

  private static String complaint(Throwable cause) {
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }

  private static final class RefusedRequest extends Exception {

    RefusedRequest(String message) {
      super(message);
    }
  }
}
