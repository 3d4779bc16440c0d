package dev.priz;

import dev.priz.hub.Hub;
import dev.priz.netty.Acceptor;
import dev.priz.netty.GateOptions;
import dev.priz.netty.Link;
import dev.priz.netty.Loops;
import dev.priz.protocol.CloseCode;
import dev.priz.topic.Topic;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket server, which may answer plain HTTP on the same port. Any thread may call its
 * methods. It keeps the program alive until it is stopped.
 *
 * {@snippet class="dev.priz.ServerExample" region="loop"}
 */
public final class WebSocketServer implements AutoCloseable {
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
  private static final Object STOPPED = new Object();

  private final Set<WebSocket> connections = ConcurrentHashMap.newKeySet();
  private final Watch watch;
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<Object> accepted = new LinkedBlockingQueue<>();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Loops loops;
  private final Acceptor acceptor;
  private final Hub hub;
  private final boolean secure;
  private final boolean queues;

  WebSocketServer(WebSocketServerBuilder settings) throws IOException {
    queues = settings.routes.isEmpty();
    if (queues) {
      settings.routes.add(new Route("/*", new Receiver.InQueue(accepted)));
    }
    secure = settings.tls != null;
    watch = new Watch(settings.observers, this::ended);
    hub = settings.hub();
    loops = Loops.open(settings.transport.kind(), settings.threads, "server", false);
    try {
      var options =
          new GateOptions(
              settings.origins,
              secure,
              settings.options.forLink(settings.limits.budget()),
              settings.limits.admission(),
              settings.proxies == null ? null : settings.proxies.forwarding());
      var reception = new ServerReception(this, settings);
      acceptor =
          Acceptor.listen(
              loops,
              settings.address,
              settings.tls == null ? null : settings.tls.tls(),
              options,
              reception);
    } catch (IOException | RuntimeException failure) {
      hub.close();
      loops.close();
      throw failure;
    }
  }

  /**
   * Starts a server whose connections, to any path, wait for {@link #accept}.
   *
   * @param address host and port such as {@code 0.0.0.0:8080}, {@code [::1]:8080} or {@code
   *     localhost:0}, where port 0 picks a free one
   * @throws IllegalArgumentException if the address is malformed
   * @throws WebSocketException if the address cannot be listened on
   */
  public static WebSocketServer listen(String address) {
    return at(address).start();
  }

  /**
   * Begins to describe a server.
   *
   * @param address as {@link #listen}
   * @throws IllegalArgumentException if the address is malformed
   */
  public static WebSocketServerBuilder at(String address) {
    int colon = address.lastIndexOf(':');
    String host = colon < 0 ? "" : address.substring(0, colon);
    String port = address.substring(colon + 1);
    if (host.isEmpty() || !port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
      throw new IllegalArgumentException(
          "address is \"" + address + "\", expected host:port such as 0.0.0.0:8080");
    }
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    String bare = bracketed ? host.substring(1, host.length() - 1) : host;
    return new WebSocketServerBuilder(new InetSocketAddress(bare, Integer.parseInt(port)));
  }

  /** The port that the server listens on. */
  public int port() {
    return acceptor.address().getPort();
  }

  /** The address for clients, without a path: such as {@code ws://127.0.0.1:8080}. */
  public String address() {
    String host = acceptor.address().getAddress().getHostAddress();
    String bracketed = host.contains(":") ? "[" + host + "]" : host;
    return (secure ? "wss://" : "ws://") + bracketed + ":" + port();
  }

  /** The transport in use. */
  public Transport transport() {
    return Transport.valueOf(loops.kind().name());
  }

  /** The connections that are open now; the collection changes with them. */
  public Collection<WebSocket> connections() {
    return Collections.unmodifiableSet(connections);
  }

  /**
   * A topic, to publish to.
   *
   * @throws IllegalArgumentException if it is not 1 to 255 bytes of UTF-8 without control
   *     characters
   */
  public Topic topic(String name) {
    return hub.topic(name);
  }

  /** The names of the topics that connections of this server subscribe to. */
  public Set<String> topics() {
    return hub.topics();
  }

  /** The connections that subscribe to a topic; looks at all connections. */
  public List<WebSocket> subscribers(String topic) {
    return connections.stream().filter(ws -> ws.topics().contains(topic)).toList();
  }

  /**
   * Waits for the next connection, its handshake done. Up to 1,024 wait to be accepted; more are
   * turned away with 503.
   *
   * @return null once the server is stopping
   * @throws IllegalStateException if the server has routes, to whose handlers the connections go;
   *     or on an event loop, which must not wait
   * @throws WebSocketException if the thread is interrupted
   */
  public @Nullable WebSocket accept() {
    if (!queues) throw new IllegalStateException("connections go to the handlers of routes");
    Waiting.check("accept");
    try {
      Object next = accepted.take();
      if (next instanceof WebSocket ws) return ws;
      // For the next thread that asks.
      accepted.add(next);
      return null;
    } catch (InterruptedException interrupt) {
      throw Waiting.interrupted("accept", interrupt);
    }
  }

  /**
   * Reads the files of {@link TlsOptions} again now, instead of at the next time of {@link
   * TlsOptions#reloadEvery}. Connections go on with the certificate that they began with.
   *
   * @return whether any has changed
   * @throws WebSocketException if a file cannot be read or used; its certificate stays as it was
   * @throws IllegalStateException if the server does not speak TLS; or on an event loop, which must
   *     not wait
   */
  public boolean reloadTls() {
    Waiting.check("reloadTls");
    try {
      return acceptor.reloadTls();
    } catch (IllegalArgumentException unusable) {
      throw new WebSocketException(String.valueOf(unusable.getMessage()), unusable);
    }
  }

  /**
   * Waits until the server has stopped.
   *
   * @throws IllegalStateException on an event loop, which must not wait
   * @throws WebSocketException if the thread is interrupted
   */
  public void join() {
    Waiting.check("join");
    try {
      stopped.await();
    } catch (InterruptedException interrupt) {
      throw Waiting.interrupted("join", interrupt);
    }
  }

  /** Stops the server as {@link #stop}, within 10 seconds. */
  @Override
  public void close() {
    stop(STOP_TIMEOUT);
  }

  /**
   * Stops the server: accepts no one any more, closes all connections with code 1001, waits for the
   * peers and for handlers, and ends by force what is left at the deadline. Waits until that is
   * done, also if it has begun before; on an event loop, only begins.
   *
   * @param timeout the deadline
   */
  public void stop(Duration timeout) {
    stopBy(() -> stopNow(timeout));
  }

  /**
   * Stops the server without haste, such as for a restart: accepts no one any more, closes the
   * connections one after another with code 1012, spread evenly over a time, so that not all come
   * back at once, and then stops as {@link #close} does. Waits as {@link #stop} does.
   *
   * @param time from the first connection to the last, such as 30 seconds
   */
  public void drain(Duration time) {
    stopBy(() -> drainNow(time));
  }

  private void stopBy(Runnable way) {
    if (!stopping.compareAndSet(false, true)) {
      if (Link.mayWait()) join();
    } else if (Link.mayWait()) {
      way.run();
    } else {
      Thread.ofPlatform().name("priz-stop").start(way);
    }
  }

  boolean isStopping() {
    return stopping.get();
  }

  Hub hub() {
    return hub;
  }

  /** Who is told of what becomes of connections. */
  Watch watch() {
    return watch;
  }

  /** Runs something that may block, on a virtual thread that {@link #stop} waits for. */
  void startThread(String purpose, Runnable work) {
    Thread.ofVirtual()
        .name("priz " + purpose)
        .start(() -> {
          threads.add(Thread.currentThread());
          try {
            work.run();
          } finally {
            threads.remove(Thread.currentThread());
          }
        });
  }

  /** Takes a connection that has just been opened; called on its event loop. */
  void opened(WebSocket ws, Incoming incoming, Receiver receiver) {
    connections.add(ws);
    incoming.opened(ws);
    receiver.receive(ws, incoming, this);
    if (isStopping()) goAway(ws);
  }

  private void drainNow(Duration time) {
    acceptor.stopListening();
    accepted.add(STOPPED);
    List<WebSocket> leaving = List.copyOf(connections);
    long begun = System.nanoTime();
    try {
      for (int i = 0; i < leaving.size(); i++) {
        long dueNanos = begun + time.toNanos() / leaving.size() * i;
        TimeUnit.NANOSECONDS.sleep(dueNanos - System.nanoTime());
        leaving.get(i).closeAsync(CloseCode.SERVICE_RESTART, "server restarts");
      }
    } catch (InterruptedException stopFaster) {
      Thread.currentThread().interrupt();
    }
    stopNow(STOP_TIMEOUT);
  }

  private void stopNow(Duration timeout) {
    long deadlineNanos = System.nanoTime() + timeout.toNanos();
    boolean interrupted = false;
    try {
      acceptor.stopListening();
      accepted.add(STOPPED);
      connections.forEach(WebSocketServer::goAway);
      await(deadlineNanos);
    } catch (InterruptedException stopFaster) {
      interrupted = true;
    }
    connections.forEach(WebSocket::abort);
    threads.forEach(Thread::interrupt);
    acceptor.closeVisitors();
    loops.close();
    hub.close();
    stopped.countDown();
    if (interrupted) Thread.currentThread().interrupt();
  }

  private void ended(WebSocket ws) {
    connections.remove(ws);
    ws.leaveTopics();
  }

  private static void goAway(WebSocket ws) {
    ws.closeAsync(CloseCode.GOING_AWAY, "server stops");
  }

  private void await(long deadlineNanos) throws InterruptedException {
    for (WebSocket ws : List.copyOf(connections)) {
      long nanos = deadlineNanos - System.nanoTime();
      try {
        ws.whenClosed().toCompletableFuture().get(nanos, TimeUnit.NANOSECONDS);
      } catch (ExecutionException | TimeoutException leftToForce) {
        return;
      }
    }
    for (Thread thread : List.copyOf(threads)) {
      if (thread == Thread.currentThread()) continue;
      thread.join(Duration.ofNanos(Math.max(1, deadlineNanos - System.nanoTime())));
    }
  }
}
