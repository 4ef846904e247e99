// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.llm;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An answer as it comes in, which is cut off when it gets too long or too late. */
final class Stream implements StreamingChatResponseHandler {

  private static final int MOST_LETTERS = 64_000;

  private final CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
  private volatile boolean over;
  private @Nullable volatile StreamingHandle handle;
  private int letters;

  /** The answer said more than any answer should. */
  static final class TooMuch extends RuntimeException {}

  CompletableFuture<ChatResponse> whole() {
    return whole;
  }

  /** Ends it, if it has not ended by itself. */
  void cutOff() {
    over = true;
    StreamingHandle current = handle;
    if (current != null && !whole.isDone()) {
      current.cancel();
    }
  }

  @Override
  public void onPartialResponse(PartialResponse part, PartialResponseContext context) {
    came(part.text().length(), context.streamingHandle());
  }

  @Override
  public void onPartialToolCall(PartialToolCall part, PartialToolCallContext context) {
    String arguments = part.partialArguments();
    came(arguments == null ? 0 : arguments.length(), context.streamingHandle());
  }

  @Override
  public void onCompleteResponse(ChatResponse response) {
    whole.complete(response);
  }

  @Override
  public void onError(Throwable error) {
    whole.completeExceptionally(error);
  }

  private void came(int more, StreamingHandle by) {
    handle = by;
    letters += more;
    if (letters > MOST_LETTERS) {
      whole.completeExceptionally(new TooMuch());
      by.cancel();
    } else if (over) {
      by.cancel();
    }
  }
}
