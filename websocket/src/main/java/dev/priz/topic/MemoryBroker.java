package dev.priz.topic;

import dev.priz.topic.Outcome.Reason;
import dev.priz.topic.Outcome.Rejected;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The broker of one process: it needs no server, and what it knows ends with it.
 *
 * <p>Its stages are complete when they are returned, and the listener is told on the threads that
 * publish, enter and leave; it must not call the broker. What time ends, a thread named {@code
 * priz-topics} looks for every 5 s: leases and histories that are over, and topics that nobody has
 * subscribed to or used for an hour. Who comes back to a topic that was forgotten so recovers
 * nothing, and its first publication then has a {@code prevOffset} that is not 0.
 *
 * <p>In all topics together there are 100,000 idempotency keys at most.
 */
public final class MemoryBroker implements Broker {
  /** The most topics unless said otherwise. */
  public static final int DEFAULT_MAX_TOPICS = 1_000_000;

  private static final Duration IDLE = Duration.ofHours(1);
  private static final Duration SWEEP_PERIOD = Duration.ofSeconds(5);
  // So that who publishes meanwhile does not wait for long.
  private static final int LEASES_AT_ONCE = 1_000;
  private static final String CLOSED = "the broker is closed";

  private final Shared shared;
  private final int maxTopics;
  private final Duration idle;
  private final Sweep sweep;
  private final ConcurrentMap<String, TopicState> topics = new ConcurrentHashMap<>();
  private final AtomicInteger topicCount = new AtomicInteger();
  // Those that change with time; a topic that only has a subscriber is not among them.
  private final Set<TopicState> sweptTopics = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** A broker of at most {@link #DEFAULT_MAX_TOPICS}. */
  public MemoryBroker() {
    this(DEFAULT_MAX_TOPICS);
  }

  /**
   * A broker of so many topics at most, also those without subscribers.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public MemoryBroker(int maxTopics) {
    this(new Shared(new Positions(), System::nanoTime), maxTopics, IDLE, SWEEP_PERIOD);
  }

  /**
   * A broker with a clock and positions of its own.
   *
   * @param sweepPeriod zero for no thread, only {@link #sweep}
   */
  MemoryBroker(Shared shared, int maxTopics, Duration idle, Duration sweepPeriod) {
    if (maxTopics < 1) {
      throw new IllegalArgumentException("maxTopics is " + maxTopics + ", the least is 1");
    }
    this.shared = shared;
    this.maxTopics = maxTopics;
    this.idle = idle;
    this.sweep = new Sweep(this::sweep, sweepPeriod);
  }

  @Override
  public void start(Listener listener) {
    if (!shared.listener().compareAndSet(null, listener)) {
      throw new IllegalStateException("there is a listener already");
    }
    listener.onState(State.UP, 1);
  }

  @Override
  public CompletionStage<Outcome> publish(
      String topic, byte[] bytes, @Nullable String idempotencyKey, Retention retention) {
    TopicState state = locked(topic);
    if (state == null) return CompletableFuture.completedFuture(rejected());
    try {
      return CompletableFuture.completedFuture(state.publish(bytes, idempotencyKey, retention));
    } finally {
      release(state);
    }
  }

  @Override
  public CompletionStage<@Nullable Void> subscribe(String topic) {
    return change(topic, state -> state.subscribed(true));
  }

  @Override
  public void unsubscribe(String topic) {
    ifThere(topic, state -> state.subscribed(false));
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the limit is negative
   */
  @Override
  public CompletionStage<History> history(
      String topic, @Nullable Position since, int limit, Retention retention) {
    if (limit < 0) {
      throw new IllegalArgumentException("limit is " + limit + ", it must not be negative");
    }
    return read(topic, state -> state.history(since, limit, retention));
  }

  @Override
  public CompletionStage<Position> top(String topic) {
    return read(topic, TopicState::top);
  }

  @Override
  public CompletionStage<@Nullable Void> enter(String topic, Member member) {
    return change(topic, state -> state.enter(member));
  }

  @Override
  public void leave(String topic, String memberId) {
    ifThere(topic, state -> state.leave(memberId));
  }

  @Override
  public CompletionStage<Presence> presence(String topic) {
    return read(topic, TopicState::presence);
  }

  @Override
  public void close() {
    closed = true;
    sweep.end();
    // Whoever comes later finds it closed once it has the topic's lock.
    for (TopicState state : topics.values()) {
      if (!state.lock()) continue;
      try {
        state.leaveAll();
        drop(state);
      } finally {
        state.unlock();
      }
    }
  }

  /** Lets go of all that is over. */
  void sweep() {
    for (TopicState state : sweptTopics) {
      boolean more = true;
      while (more && !closed) more = sweep(state);
    }
  }

  /** How many topics it holds. */
  int topics() {
    return topicCount.get();
  }

  private boolean sweep(TopicState state) {
    if (!state.lock()) return false;
    try {
      if (state.expire(LEASES_AT_ONCE)) return true;
      if (!state.changesWithTime()) {
        state.swept(false);
        sweptTopics.remove(state);
      } else if (state.isIdleFor(idle)) {
        drop(state);
      }
      return false;
    } finally {
      state.unlock();
    }
  }

  // In the topic's lock, so that it is not there anew before its positions are remembered.
  private void drop(TopicState state) {
    state.drop();
    topics.remove(state.name(), state);
    sweptTopics.remove(state);
    topicCount.decrementAndGet();
  }

  private CompletionStage<@Nullable Void> change(String topic, Consumer<TopicState> change) {
    TopicState state = locked(topic);
    if (state == null) {
      return CompletableFuture.failedFuture(new IllegalStateException(rejected().message()));
    }
    try {
      change.accept(state);
      return CompletableFuture.completedFuture(null);
    } finally {
      release(state);
    }
  }

  private <T> CompletionStage<T> read(String topic, Function<TopicState, T> read) {
    if (closed) return CompletableFuture.failedFuture(new IllegalStateException(CLOSED));
    TopicState state = lockedIfThere(topic);
    // A topic that is not there reads as if it were made now, which reading does not.
    if (state == null) {
      return CompletableFuture.completedFuture(read.apply(new TopicState(topic, shared)));
    }
    try {
      return CompletableFuture.completedFuture(read.apply(state));
    } finally {
      release(state);
    }
  }

  private void ifThere(String topic, Consumer<TopicState> change) {
    TopicState state = lockedIfThere(topic);
    if (state == null) return;
    try {
      change.accept(state);
    } finally {
      release(state);
    }
  }

  // The topic with its lock, made unless it is there; null if that is refused.
  private @Nullable TopicState locked(String topic) {
    while (!closed) {
      TopicState state = topics.get(topic);
      if (state == null) state = topics.computeIfAbsent(topic, this::made);
      if (state == null) return null;
      if (!state.lock()) continue;
      if (!closed) return state;
      // It may be too late for close() to see it.
      state.unlock();
    }
    return null;
  }

  private @Nullable TopicState lockedIfThere(String topic) {
    for (TopicState state; (state = topics.get(topic)) != null; ) {
      if (state.lock()) return state;
    }
    return null;
  }

  private @Nullable TopicState made(String topic) {
    if (topicCount.incrementAndGet() <= maxTopics) return new TopicState(topic, shared);
    topicCount.decrementAndGet();
    return null;
  }

  private void release(TopicState state) {
    try {
      if (!state.isSwept() && state.changesWithTime()) {
        state.swept(true);
        sweptTopics.add(state);
        sweep.start();
      }
    } finally {
      state.unlock();
    }
  }

  private Rejected rejected() {
    if (closed) return new Rejected(Reason.CLOSED, CLOSED);
    return new Rejected(
        Reason.TOO_MANY_TOPICS, "there are " + maxTopics + " topics, which is the limit");
  }
}
