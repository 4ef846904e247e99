// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import dev.tocsin.kafka.deadletter.DeadLetter;
import dev.tocsin.notifier.reconcile.Names.Answer;
import dev.tocsin.schemas.callback.Callback;
import dev.tocsin.schemas.callback.Change;
import dev.tocsin.schemas.command.Command;
import dev.tocsin.schemas.deadletter.DeadLetterHeaders;
import dev.tocsin.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes commands of what vendors' webhooks told. */
final class CallbackRound implements Round {

  private static final Logger LOG = LoggerFactory.getLogger(CallbackRound.class);

  private static final int REMEMBERED = 10_000;
  private static final int MOST_TRIES = 5;

  /** PagerDuty lets a token ask 960 times a minute, and others ask too. */
  private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(250);

  private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

  private final CallbackFeed callbacks;
  private final Map<String, Names> vendors;
  private final CallbackRules rules;
  private final OurSide here;
  private final Heard heard = new Heard();
  private final Map<String, Answer> marks = Recent.map(REMEMBERED);
  private final Deserializer<Callback> deserializer = Topics.CALLBACKS.valueSerde().deserializer();
  private int failures;
  private boolean open;

  CallbackRound(
      CallbackFeed callbacks, Map<String, Names> vendors, CallbackRules rules, OurSide here) {
    this.callbacks = callbacks;
    this.vendors = vendors;
    this.rules = rules;
    this.here = here;
  }

  @Override
  public Duration next() throws InterruptedException, ExecutionException, TimeoutException {
    if (!open) {
      callbacks.open();
      open = true;
    }
    for (ConsumerRecord<byte[], byte[]> record : callbacks.read(this::known)) {
      Callback callback = read(record);
      if (callback != null && !isDone(callback, record)) {
        callbacks.goBack();
        return AFTER_FAILURE;
      }
      failures = 0;
      callbacks.done(record);
    }
    return Duration.ZERO;
  }

  private void known(ConsumerRecord<byte[], byte[]> record) {
    Callback callback = read(record);
    if (callback != null) {
      heard.remember(callback);
    }
  }

  private @Nullable Callback read(ConsumerRecord<byte[], byte[]> record) {
    try {
      return deserializer.deserialize(record.topic(), record.value());
    } catch (SerializationException e) {
      LOG.warn("{}/{} is no callback", record.partition(), record.offset(), e);
      return null;
    }
  }

  /** False when it is to be tried again. */
  private boolean isDone(Callback callback, ConsumerRecord<byte[], byte[]> record)
      throws InterruptedException, ExecutionException, TimeoutException {
    Heard.News news = heard.judge(callback, here.clock().instant());
    if (news != Heard.News.NEW && !isReplayed(record)) {
      passed(callback, news.name());
      heard.remember(callback);
      return true;
    }
    try {
      if (!here.feed().catchUp()) {
        return false;
      }
      act(callback);
    } catch (Names.Unanswered e) {
      if (++failures < MOST_TRIES) {
        return false;
      }
      here.outbox().write(deadLetter(record, e.fault()));
      passed(callback, "UNANSWERED");
    }
    heard.remember(callback);
    return true;
  }

  /** A person sends a dead letter through again: it was heard, and nothing came of it. */
  private static boolean isReplayed(ConsumerRecord<byte[], byte[]> record) {
    return record.headers().lastHeader(DeadLetterHeaders.CAUSE) != null;
  }

  private void act(Callback callback)
      throws Names.Unanswered, InterruptedException, ExecutionException, TimeoutException {
    Names names = vendors.get(callback.vendor());
    if (names == null) {
      passed(callback, "UNKNOWN_VENDOR");
      return;
    }
    switch (answer(callback, names)) {
      case Answer.Ours ours -> act(callback, ours.mark(), names);
      case Answer.NotOurs _ -> passed(callback, "NOT_OURS");
      case Answer.NoToken _ -> passed(callback, "NO_TOKEN");
      case Answer.Failed failed -> throw new Names.Unanswered(failed.fault());
    }
  }

  /** What it is called by us: told, known, or asked for. */
  private Answer answer(Callback callback, Names names) throws InterruptedException {
    String told = callback.mark();
    Answer answer = told == null ? marks.get(callback.key()) : names.told(told);
    if (answer == null) {
      Thread.sleep(BETWEEN_QUESTIONS);
      answer = names.mark(callback.object());
    }
    if (answer instanceof Answer.Ours || answer instanceof Answer.NotOurs) {
      marks.put(callback.key(), answer);
    }
    return answer;
  }

  private void act(Callback callback, Mark mark, Names names)
      throws Names.Unanswered, InterruptedException, ExecutionException, TimeoutException {
    Watched watched = here.watchList().find(mark.incidentId());
    if (watched == null) {
      passed(callback, "UNKNOWN_INCIDENT");
      return;
    }
    if (callback.change() instanceof Change.Noted noted && names.isByUs(callback, noted)) {
      passed(callback, "BY_US");
      return;
    }
    Instant now = here.clock().instant();
    List<Command> commands = rules.decide(callback, watched, mark.epoch(), now);
    if (commands.isEmpty()) {
      passed(callback, "NO_CHANGE");
    }
    here.outbox().write(commands);
  }

  private void passed(Callback callback, String reason) {
    here.metrics().passed(callback.vendor(), reason.toLowerCase(Locale.ROOT));
  }

  private DeadLetter deadLetter(ConsumerRecord<byte[], byte[]> record, Fault fault) {
    return new DeadLetter(
        "notifier",
        record.topic(),
        record.partition() + "/" + record.offset(),
        record.key(),
        record.value(),
        record.headers(),
        "what it is about could not be asked: " + fault.detail(),
        here.clock().instant());
  }

  @Override
  public String about() {
    return "what webhooks tell";
  }

  @Override
  public Duration afterFailure() {
    callbacks.goBack();
    return AFTER_FAILURE;
  }

  @Override
  public void close() {
    callbacks.close();
  }
}
