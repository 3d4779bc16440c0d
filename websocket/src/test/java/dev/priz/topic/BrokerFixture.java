package dev.priz.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.priz.topic.Broker.History;
import dev.priz.topic.Outcome.Accepted;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A broker with a listener, and what tests say to it. */
abstract class BrokerFixture {
  private static final long SECONDS = 20;

  /** Keeps more than a test publishes. */
  static final Retention KEPT = new Retention(10_000, Duration.ofMinutes(10));

  /** Enough for all that is kept. */
  static final int ALL = 10_000;

  // Its own in each test, because a broker may be a server that lasts.
  final String topic = "topic-" + UUID.randomUUID();
  final Heard heard = new Heard();
  Broker broker;

  /** A broker that was not started. */
  abstract Broker open();

  /** Lets time pass for the broker, and what it ends be seen to. */
  abstract void pass(Duration time);

  @BeforeEach
  final void start() {
    broker = open();
    broker.start(heard);
  }

  @AfterEach
  final void close() {
    broker.close();
  }

  /** Publishes to the topic, to be kept. */
  final Position publish(String text) throws InterruptedException {
    return publish(text, KEPT);
  }

  final Position publish(String text, Retention retention) throws InterruptedException {
    return publishTo(topic, text, retention);
  }

  final Position publishTo(String name, String text, Retention retention)
      throws InterruptedException {
    Outcome outcome = value(broker.publish(name, text.getBytes(UTF_8), null, retention));
    return ((Accepted) outcome).position();
  }

  /** What becomes of a publication with an idempotency key. */
  final Outcome publishOnce(String key, String text) throws InterruptedException {
    return value(broker.publish(topic, text.getBytes(UTF_8), key, KEPT));
  }

  final Position top() throws InterruptedException {
    return value(broker.top(topic));
  }

  /** What came after a position, of all that is kept. */
  final History history(@Nullable Position since) throws InterruptedException {
    return history(since, ALL, KEPT);
  }

  final History history(@Nullable Position since, int limit, Retention retention)
      throws InterruptedException {
    return value(broker.history(topic, since, limit, retention));
  }

  final void enter(String memberId) throws InterruptedException {
    value(broker.enter(topic, new Member(memberId, "1")));
  }

  final Presence presence() throws InterruptedException {
    return value(broker.presence(topic));
  }

  static List<String> texts(History history) {
    return history.publications().stream()
        .map(publication -> new String(publication.bytes(), UTF_8))
        .toList();
  }

  /** What the stage completes with. */
  static <T> T value(CompletionStage<T> stage) throws InterruptedException {
    try {
      return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw new AssertionError("failed instead of completing", failed.getCause());
    } catch (TimeoutException late) {
      throw new AssertionError("not completed within " + SECONDS + " s", late);
    }
  }

  /** What the stage fails with. */
  static Throwable failure(CompletionStage<?> stage) throws InterruptedException {
    try {
      Object value = stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
      throw new AssertionError("completed with " + value + " instead of failing");
    } catch (ExecutionException failed) {
      return failed.getCause();
    } catch (TimeoutException late) {
      throw new AssertionError("not failed within " + SECONDS + " s", late);
    }
  }

  /** Something that may throw. */
  interface Work {
    void run() throws Exception;
  }

  /** Runs something on a thread of its own. */
  static CompletableFuture<@Nullable Void> elsewhere(Work work) {
    var done = new CompletableFuture<@Nullable Void>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            work.run();
            done.complete(null);
          } catch (Throwable thrown) {
            done.completeExceptionally(thrown);
          }
        });
    return done;
  }
}
