package dev.priz.cli;

import dev.priz.WebSocket;
import dev.priz.WebSocketClient;
import dev.priz.WebSocketException;
import dev.priz.protocol.Closed;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The connections of a load test, each in the lane of its event loop. */
final class LoadConnections {
  private static final int ATTEMPTS_AT_ONCE = 64;
  private static final int CLOSE_SECONDS = 2;

  private final WebSocketClient client;
  private final LoadPlan plan;
  private final Semaphore attempts = new Semaphore(ATTEMPTS_AT_ONCE);
  private final ConcurrentHashMap<Thread, Lane> lanes = new ConcurrentHashMap<>();
  private final Queue<WebSocket> open = new ConcurrentLinkedQueue<>();
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> firstRefusal = new AtomicReference<>();
  private final AtomicReference<@Nullable Closed> firstLoss = new AtomicReference<>();
  private final CountDownLatch allLost = new CountDownLatch(1);
  private volatile boolean complete;

  /** Connections that are not open yet, of a client that is borrowed. */
  LoadConnections(WebSocketClient client, LoadPlan plan) {
    this.client = client;
    this.plan = plan;
  }

  /**
   * Opens them, and waits until each is open or refused.
   *
   * @throws CommandFailure if the first one is refused
   */
  void open() throws InterruptedException {
    for (int number = 0; number < plan.connections(); number++) {
      attempts.acquire();
      attempt(number);
      // A server that is not there would cost the user a time-out for each.
      if (number == 0) awaitFirst();
    }
    awaitAttempts();
    complete = true;
    noteIfAllLost();
  }

  /** The lanes, once the connections are open. */
  List<Lane> lanes() {
    return List.copyOf(lanes.values());
  }

  /** The number of connections that were opened. */
  int opened() {
    return opened.get();
  }

  /** The number of connections that could not be opened. */
  int refused() {
    return refused.get();
  }

  /** The number of connections that have ended by themselves. */
  int lost() {
    return lost.get();
  }

  /** Whether those that were opened have ended by themselves. */
  boolean areAllLost() {
    return allLost.getCount() == 0;
  }

  /** Why the first of those that could not be opened was not, in words, or null. */
  @Nullable String whyRefused() {
    return switch (firstRefusal.get()) {
      case null -> null;
      case WebSocketException failure -> ConnectFailure.describe(plan.uri(), failure);
      case Throwable unknown -> String.valueOf(unknown.getMessage());
    };
  }

  /** How the first of those that have ended did so, in words, or null. */
  @Nullable String whyLost() {
    Closed closed = firstLoss.get();
    return closed == null ? null : Conversation.describe(closed);
  }

  /** Waits until all have ended by themselves, but not for ever; returns whether they have. */
  boolean awaitAllLost(long nanos) throws InterruptedException {
    return allLost.await(nanos, TimeUnit.NANOSECONDS);
  }

  /** Closes those that are left, and waits a moment for the server to answer. */
  void close(int code) {
    var ends =
        open.stream()
            .map(ws -> ws.closeAsync(code, "").toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(ends).get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException leaveAnyway) {
      open.forEach(WebSocket::abort);
    }
  }

  private void attempt(int number) {
    client
        .connectAsync(plan.uri().toString())
        .whenComplete((ws, failure) -> {
          if (failure == null) {
            ws.onOpen(() -> join(ws, number));
          } else {
            firstRefusal.compareAndSet(null, failure);
            refused.incrementAndGet();
            attempts.release();
          }
        });
  }

  // On the connection's event loop.
  private void join(WebSocket ws, int number) {
    try {
      opened.incrementAndGet();
      open.add(ws);
      Lane lane =
          lanes.computeIfAbsent(
              Thread.currentThread(), loop -> new Lane(plan.payload(), ws, this::lose));
      var load = new ConnectionLoad(ws, number, plan.pipeline(), lane);
      lane.add(load);
      load.listen();
    } finally {
      attempts.release();
    }
  }

  private void awaitFirst() throws InterruptedException {
    awaitAttempts();
    Throwable failure = firstRefusal.get();
    if (failure != null) throw new CommandFailure(String.valueOf(whyRefused()), failure);
  }

  private void awaitAttempts() throws InterruptedException {
    attempts.acquire(ATTEMPTS_AT_ONCE);
    attempts.release(ATTEMPTS_AT_ONCE);
  }

  private void lose(Closed closed) {
    firstLoss.compareAndSet(null, closed);
    lost.incrementAndGet();
    noteIfAllLost();
  }

  private void noteIfAllLost() {
    if (complete && lost.get() == opened.get()) allLost.countDown();
  }
}
