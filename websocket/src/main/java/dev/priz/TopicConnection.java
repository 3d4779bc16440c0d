package dev.priz;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.priz.TopicClient.State;
import dev.priz.netty.Link;
import dev.priz.protocol.CloseCode;
import dev.priz.protocol.Closed;
import dev.priz.protocol.Message;
import dev.priz.protocol.Text;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that comes back until it is closed, and the one thread that reads it and calls the
 * application.
 */
final class TopicConnection {
  private static final Logger LOG = LoggerFactory.getLogger(TopicConnection.class);
  // A server that accepts and drops at once must not be called every second.
  private static final long STABLE_NANOS = SECONDS.toNanos(5);
  private static final Duration LAST_CALLBACK = Duration.ofSeconds(10);
  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_MANY_REQUESTS = 429;

  private final TopicSession session;
  private final WebSocketClient connector;
  private final String address;
  private final Timing timing;
  private final Thread thread = Thread.ofVirtual().name("priz topics").unstarted(this::run);

  // What the application wants; under the session's lock, as the next two.
  private Wish wish = Wish.CONNECTED;
  private @Nullable WebSocket current;
  // What the thread waits for; cancelled when the wish changes.
  private @Nullable CompletableFuture<?> awaited;
  // Told not to wait for the next try, perhaps before the wait has begun.
  private boolean hurried;
  private int failures;

  private enum Wish {
    CONNECTED,
    DISCONNECTED,
    CLOSED
  }

  TopicConnection(TopicSession session, WebSocketClient connector, String address, Timing timing) {
    this.session = session;
    this.connector = connector;
    this.address = address;
    this.timing = timing;
  }

  void start() {
    thread.start();
  }

  /** Sends a request without waiting, unless there is no connection. Under the lock. */
  boolean send(String request) {
    WebSocket ws = current;
    if (ws == null || !isOpen()) return false;
    var unused =
        ws.sendAsync(new Text(request))
            .whenComplete((sent, failure) -> {
              // It reads too slowly; what it has not answered is sent again on the next one.
              if (failure != null) ws.abort();
            });
    return true;
  }

  /** Whether there is a connection. Under the lock. */
  boolean isOpen() {
    return current != null && current.isOpen();
  }

  /** Whether it is closed, or has failed for good. Under the lock. */
  boolean isClosed() {
    return wish == Wish.CLOSED;
  }

  void disconnect() {
    WebSocket ws = wish(Wish.DISCONNECTED);
    if (ws != null) ws.abort();
  }

  void reconnect() {
    synchronized (session.lock()) {
      boolean waits = session.state() instanceof State.Waiting;
      if (isClosed() || (wish == Wish.CONNECTED && !waits)) return;
      hurried = waits;
      wish = Wish.CONNECTED;
      if (awaited != null) awaited.cancel(true);
    }
  }

  void close() {
    WebSocket ws = wish(Wish.CLOSED);
    boolean mayWait = Link.mayWait() && Thread.currentThread() != thread;
    if (ws != null && mayWait) ws.close();
    else if (ws != null) ws.closeAsync(CloseCode.NORMAL, "");
    if (!mayWait) return;
    try {
      if (!thread.join(LAST_CALLBACK)) thread.interrupt();
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }

  // The connection that is not wanted any more.
  private @Nullable WebSocket wish(Wish next) {
    synchronized (session.lock()) {
      WebSocket before = current;
      if (isClosed()) return before;
      wish = next;
      current = null;
      if (awaited != null) awaited.cancel(true);
      return before;
    }
  }

  private boolean wishes(Wish what) {
    synchronized (session.lock()) {
      return wish == what;
    }
  }

  private void run() {
    WebSocketException failure = null;
    try {
      while (failure == null && !wishes(Wish.CLOSED)) {
        failure = wishes(Wish.CONNECTED) ? connect() : stayAway();
      }
    } finally {
      synchronized (session.lock()) {
        wish = Wish.CLOSED;
      }
      session.ended(failure);
    }
  }

  private @Nullable WebSocketException stayAway() {
    session.moveTo(new State.Disconnected());
    await(new CompletableFuture<>(), Wish.DISCONNECTED);
    return null;
  }

  // Connects once, and serves the connection to its end. What makes any more tries vain, or null.
  private @Nullable WebSocketException connect() {
    session.moveTo(new State.Connecting());
    synchronized (session.lock()) {
      hurried = false;
    }
    long leastNanos = 0;
    String why;
    try {
      WebSocket ws = await(connector.connectAsync(address), Wish.CONNECTED);
      if (ws == null) return null;
      if (ws.subprotocol() == null) {
        ws.closeAsync(CloseCode.POLICY_VIOLATION, "");
        return new WebSocketException(address + " does not speak " + TopicClient.SUBPROTOCOL);
      }
      Closed closed = serve(ws);
      if (closed != null) leastNanos = Backoff.adviceNanos(closed.reason());
      why = "connection closed: " + closed;
    } catch (HandshakeRefusedException refused) {
      if (isForGood(refused.status())) return refused;
      Duration advice = refused.retryAfter();
      if (advice != null) leastNanos = advice.toNanos();
      why = String.valueOf(refused.getMessage());
    } catch (WebSocketException unreachable) {
      why = String.valueOf(unreachable.getMessage());
    } catch (IllegalStateException closed) {
      return new WebSocketException("the WebSocketClient is closed", closed);
    }
    comeBack(leastNanos, why);
    return null;
  }

  // How the connection ended.
  private @Nullable Closed serve(WebSocket ws) {
    synchronized (session.lock()) {
      if (wish != Wish.CONNECTED) {
        ws.abort();
        return null;
      }
      current = ws;
      session.opened();
    }
    long openedNanos = timing.nowNanos();
    session.moveTo(new State.Open());
    for (Message message : ws) {
      if (message instanceof Text(String text)) receive(ws, text);
    }
    synchronized (session.lock()) {
      current = null;
    }
    if (timing.nowNanos() - openedNanos >= STABLE_NANOS) failures = 0;
    return ws.closed();
  }

  private void receive(WebSocket ws, String text) {
    try {
      session.receive(text);
    } catch (IllegalArgumentException malformed) {
      LOG.warn(
          "{} does not speak {}: {}", address, TopicClient.SUBPROTOCOL, malformed.getMessage());
      ws.closeAsync(CloseCode.INVALID_PAYLOAD, "not " + TopicClient.SUBPROTOCOL);
    }
  }

  private void comeBack(long leastNanos, String why) {
    if (!wishes(Wish.CONNECTED)) return;
    // Added to the least: all who are told the same must not come back together.
    long nanos = leastNanos + Backoff.nanos(failures++, timing.random());
    session.moveTo(new State.Waiting(Duration.ofNanos(nanos), why));
    await(timing.delay(nanos), Wish.CONNECTED);
  }

  // Null if it was cancelled, because something else is wanted.
  private <T extends @Nullable Object> @Nullable T await(CompletableFuture<T> stage, Wish as) {
    synchronized (session.lock()) {
      if (wish != as || hurried) stage.cancel(true);
      awaited = stage;
    }
    try {
      return stage.get();
    } catch (CancellationException otherWish) {
      return null;
    } catch (InterruptedException interrupt) {
      stage.cancel(true);
      return null;
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof WebSocketException known) throw known;
      throw new AssertionError("an unknown failure to connect", failure.getCause());
    }
  }

  private static boolean isForGood(int status) {
    boolean passes = status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS;
    return status >= 300 && status < 500 && !passes;
  }
}
