package dev.priz;

import dev.priz.TopicClient.State;
import dev.priz.json.JsonObject;
import dev.priz.topic.Outcome;
import dev.priz.topic.Position;
import dev.priz.topic.Publication;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Speaks the subprotocol of topics with a server, through all connections of a client. */
final class TopicSession {
  private static final Logger LOG = LoggerFactory.getLogger(TopicSession.class);

  private final Object lock = new Object();
  private final Map<String, TopicSubscription> subscriptions = new HashMap<>();
  private final TopicCallbacks callbacks = new TopicCallbacks();
  private final Consumer<? super State> onState;
  private final Runnable onEnd;
  private final Timing timing;
  private final TopicConnection connection;
  private final Publications publications;
  // Makes the names of what this client publishes unique, with their numbers.
  private final String names = UUID.randomUUID() + "-";
  private long requests;
  private volatile State state = new State.Connecting();

  /**
   * A session.
   *
   * @param onEnd called when there will be no connection any more
   */
  TopicSession(WebSocketClient connector, TopicClientBuilder settings, Runnable onEnd) {
    onState = settings.onState;
    timing = settings.timing;
    this.onEnd = onEnd;
    connection = new TopicConnection(this, connector, settings.address, timing);
    publications = new Publications(lock, connection::send, timing);
  }

  TopicSubscription subscribe(TopicSubscriptionBuilder wanted) {
    synchronized (lock) {
      if (connection.isClosed()) throw new IllegalStateException("the client is closed");
      TopicSubscription before = subscriptions.get(wanted.topic);
      if (before != null) before.end();
      var made = new TopicSubscription(this, wanted);
      subscriptions.put(wanted.topic, made);
      made.ask();
      return made;
    }
  }

  CompletionStage<Outcome> publish(String topic, Publication publication) {
    synchronized (lock) {
      if (connection.isClosed()) {
        return Publications.rejected(Outcome.Reason.CLOSED, "the client is closed");
      }
      long id = ++requests;
      String key = publication.idempotencyKey();
      String name = key == null ? names + id : key;
      return publications.publish(id, TopicRequests.publish(id, topic, publication, name));
    }
  }

  State state() {
    return state;
  }

  TopicConnection connection() {
    return connection;
  }

  /** Keeps apart the threads that use the client; nothing waits while it holds it. */
  Object lock() {
    return lock;
  }

  TopicCallbacks callbacks() {
    return callbacks;
  }

  /** Sends a request; its id, or 0 if there is no connection. Under the lock. */
  long send(LongFunction<String> request) {
    if (!connection.isOpen()) return 0;
    long id = ++requests;
    boolean unused = connection.send(request.apply(id));
    return id;
  }

  /** Runs something under the lock, after the time that fits so many failures. */
  Future<?> after(int failures, Runnable action) {
    return timing.after(
        Backoff.nanos(failures, timing.random()),
        () -> {
          synchronized (lock) {
            action.run();
          }
        });
  }

  void forget(TopicSubscription subscription) {
    subscriptions.remove(subscription.topic(), subscription);
  }

  /** There is a new connection. Under the lock. */
  void opened() {
    subscriptions.values().forEach(TopicSubscription::ask);
    publications.sendAgain();
  }

  /**
   * Takes a message of the server; on the client's thread.
   *
   * @throws IllegalArgumentException if it is none of the subprotocol
   */
  void receive(String text) {
    JsonObject message = JsonObject.parse(text);
    String type = message.string("type");
    if (type == null) throw new IllegalArgumentException("there is no type");
    synchronized (lock) {
      switch (type) {
        case "published" -> published(message);
        case "error" -> failed(message);
        default -> {
          TopicSubscription of = subscriptions.get(message.string("topic"));
          if (of != null) of.receive(type, message);
        }
      }
    }
    callbacks.run();
  }

  void moveTo(State next) {
    state = next;
    callbacks.add(() -> onState.accept(next));
    callbacks.run();
  }

  /** There will be no connection any more; on the client's thread. */
  void ended(@Nullable WebSocketException failure) {
    String why = failure == null ? "the client is closed" : String.valueOf(failure.getMessage());
    synchronized (lock) {
      for (TopicSubscription subscription : List.copyOf(subscriptions.values())) {
        if (failure == null) subscription.end();
        else subscription.refused(TopicException.ENDED, why);
      }
      publications.end(why, callbacks);
    }
    onEnd.run();
    moveTo(new State.Closed(failure));
  }

  private void published(JsonObject message) {
    Long id = message.integer("id");
    String epoch = message.string("epoch");
    String at = message.string("at");
    if (id == null || epoch == null || at == null) {
      throw new IllegalArgumentException("an answer without id, epoch and at");
    }
    publications.accepted(id, Position.of(epoch, at), callbacks);
  }

  private void failed(JsonObject message) {
    Long id = message.integer("id");
    Long code = message.integer("code");
    String words = String.valueOf(message.string("message"));
    if (code == null) throw new IllegalArgumentException("an error without code");
    if (id == null) {
      LOG.warn("the server refuses a request: {} {}", code, words);
      return;
    }
    int kind = Math.toIntExact(code);
    for (TopicSubscription subscription : List.copyOf(subscriptions.values())) {
      subscription.failed(id, kind, words);
    }
    publications.failed(id, kind, words, callbacks);
  }
}
