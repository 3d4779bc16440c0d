package dev.priz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.priz.topic.Outcome;
import dev.priz.topic.Outcome.Reason;
import dev.priz.topic.Position;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a client has published and has no answer for yet. It is sent again on each connection, with
 * the same name, until the topic could have forgotten the name. Under the client's lock, but for
 * {@link #giveUp}.
 */
final class Publications {
  private static final int MAX_COUNT = 1_024;
  private static final int MAX_BYTES = 1 << 20;
  // Well below the two minutes for which a topic knows a name.
  private static final long GIVE_UP_NANOS = SECONDS.toNanos(90);

  private final Object lock;
  private final Predicate<String> sender;
  private final Timing timing;
  private final Map<Long, Waiting> unanswered = new LinkedHashMap<>();
  private int bytes;

  /**
   * Nothing yet.
   *
   * @param sender sends a request, unless there is no connection
   */
  Publications(Object lock, Predicate<String> sender, Timing timing) {
    this.lock = lock;
    this.sender = sender;
    this.timing = timing;
  }

  /** A publication without an answer. */
  private static final class Waiting {
    final String request;
    final int bytes;
    final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    @Nullable Future<?> end;
    int sent;
    int failures;

    Waiting(String request) {
      this.request = request;
      bytes = request.getBytes(UTF_8).length;
    }
  }

  /** Publishes, now if there is a connection. */
  CompletionStage<Outcome> publish(long id, String request) {
    var waiting = new Waiting(request);
    if (waiting.bytes > MAX_BYTES) {
      return rejected(
          Reason.BAD_PUBLICATION,
          "publication is " + waiting.bytes + " bytes, the limit is " + MAX_BYTES);
    }
    if (unanswered.size() == MAX_COUNT || bytes + waiting.bytes > MAX_BYTES) {
      return rejected(Reason.OVERLOADED, "too much waits for an answer; wait for outcomes");
    }
    unanswered.put(id, waiting);
    bytes += waiting.bytes;
    waiting.end = timing.after(GIVE_UP_NANOS, () -> giveUp(id));
    send(waiting);
    return waiting.outcome.copy();
  }

  /** Sends all again: there is a new connection. */
  void sendAgain() {
    unanswered.values().forEach(this::send);
  }

  /** It is in the topic. */
  void accepted(long id, Position position, TopicCallbacks callbacks) {
    Waiting answered = take(id);
    if (answered == null) return;
    callbacks.add(() -> answered.outcome.complete(new Outcome.Accepted(position)));
  }

  /** A request of any kind had no effect, or is not known to have had one. */
  void failed(long id, int code, String message, TopicCallbacks callbacks) {
    Waiting waiting = unanswered.get(id);
    if (waiting == null) return;
    boolean sentBefore = waiting.sent > 1;
    boolean passes = code == TopicException.OVERLOADED || code == TopicException.UNAVAILABLE;
    if (code == TopicException.OUTCOME_UNKNOWN || (sentBefore && passes)) {
      var unused =
          timing.after(
              Backoff.nanos(waiting.failures++, timing.random()),
              () -> {
                synchronized (lock) {
                  if (unanswered.get(id) == waiting) send(waiting);
                }
              });
      return;
    }
    var unused = take(id);
    // What was sent on an earlier connection may be in the topic, whatever is said of it now.
    Outcome outcome =
        sentBefore ? new Outcome.Unknown(message) : new Outcome.Rejected(reason(code), message);
    callbacks.add(() -> waiting.outcome.complete(outcome));
  }

  /** There will be no answers any more. */
  void end(String why, TopicCallbacks callbacks) {
    for (long id : List.copyOf(unanswered.keySet())) {
      Waiting waiting = take(id);
      if (waiting != null)
        callbacks.add(() -> waiting.outcome.complete(withoutAnswer(waiting, why)));
    }
  }

  static CompletionStage<Outcome> rejected(Reason reason, String message) {
    return CompletableFuture.completedFuture(new Outcome.Rejected(reason, message));
  }

  private void send(Waiting waiting) {
    if (sender.test(waiting.request)) waiting.sent++;
  }

  private void giveUp(long id) {
    Waiting waiting;
    synchronized (lock) {
      waiting = take(id);
    }
    if (waiting != null) waiting.outcome.complete(withoutAnswer(waiting, "no answer for too long"));
  }

  private @Nullable Waiting take(long id) {
    Waiting waiting = unanswered.remove(id);
    if (waiting == null) return null;
    bytes -= waiting.bytes;
    if (waiting.end != null) waiting.end.cancel(false);
    return waiting;
  }

  private static Outcome withoutAnswer(Waiting waiting, String why) {
    return waiting.sent == 0 ? new Outcome.Rejected(Reason.CLOSED, why) : new Outcome.Unknown(why);
  }

  private static Reason reason(int code) {
    return switch (code) {
      case TopicException.BAD_NAME -> Reason.BAD_NAME;
      case TopicException.MALFORMED, TopicException.TOO_BIG -> Reason.BAD_PUBLICATION;
      case TopicException.TOO_MANY -> Reason.TOO_MANY_TOPICS;
      case TopicException.OVERLOADED -> Reason.OVERLOADED;
      case TopicException.UNAVAILABLE -> Reason.CLOSED;
      default -> Reason.NOT_ALLOWED;
    };
  }
}
