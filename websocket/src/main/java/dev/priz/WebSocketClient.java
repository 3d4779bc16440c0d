package dev.priz;

import dev.priz.netty.Budget;
import dev.priz.netty.Connector;
import dev.priz.netty.Loops;
import dev.priz.protocol.ClientHandshake;
import dev.priz.protocol.Headers;
import dev.priz.protocol.WebSocketUri;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to servers. One client serves any number of them; closing it ends those that
 * are left. {@link WebSocket#connect} does without one where nothing needs to be set. Any thread
 * may call its methods.
 *
 * {@snippet class="dev.priz.ClientExample" region="settings"}
 */
public final class WebSocketClient implements AutoCloseable {
  private static final SecureRandom NONCES = new SecureRandom();
  private static final WebSocketUri ANY = WebSocketUri.parse("ws://localhost");

  private final AtomicBoolean closed = new AtomicBoolean();
  private final WebSocketClientBuilder settings;
  private final Loops loops;
  private final Connector connector;
  private final Watch watch;

  WebSocketClient(WebSocketClientBuilder settings) {
    this.settings = settings;
    watch = new Watch(settings.observers, ended -> {});
    // Refuses at once what no handshake can carry.
    var unused = handshake(ANY, settings.headers);
    loops = Loops.open(settings.transport.kind(), settings.threads, "client", true);
    try {
      connector =
          new Connector(
              loops,
              settings.options.forLink(new Budget(Long.MAX_VALUE)),
              settings.tls.tls(),
              settings.resolver,
              settings.proxy == null ? null : settings.proxy.server());
    } catch (RuntimeException failure) {
      loops.close();
      throw failure;
    }
  }

  /** Begins to describe a client. */
  public static WebSocketClientBuilder builder() {
    return new WebSocketClientBuilder();
  }

  /**
   * The client behind {@link WebSocket#connect}: made at its first use, with one daemon thread that
   * lasts.
   */
  static WebSocketClient shared() {
    return Shared.CLIENT;
  }

  private static final class Shared {
    static final WebSocketClient CLIENT = builder().threads(1).build();
  }

  /**
   * Connects to a server; waits until the connection is open.
   *
   * @param address such as {@code ws://localhost:8080/chat} or {@code wss://example.com}
   * @throws IllegalArgumentException if the address is not a WebSocket's
   * @throws IllegalStateException on an event loop, which must not wait; or if the client is closed
   * @throws HandshakeRefusedException if the server answers, but does not open the connection
   * @throws WebSocketException if the server cannot be reached, or the thread is interrupted
   */
  public WebSocket connect(String address) {
    return connectAndWait(address, null);
  }

  /**
   * Connects to a server, with callbacks; else as {@link #connect(String)}.
   *
   * @param setup registers the callbacks, on the event loop and before anything is read
   */
  public WebSocket connect(String address, Consumer<? super WebSocket> setup) {
    return connectAndWait(address, setup);
  }

  /**
   * Connects to a server without waiting.
   *
   * @return completes with the connection, or fails with what {@link #connect(String)} throws;
   *     cancelling it gives the attempt up
   * @throws IllegalArgumentException if the address is not a WebSocket's
   * @throws IllegalStateException if the client is closed
   */
  public CompletableFuture<WebSocket> connectAsync(String address) {
    return open(address, null);
  }

  /**
   * Ends the connections that are left, at once, and the client's threads; nothing can be opened
   * any more. Waits until that is done, some seconds at most, but on an event loop.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) return;
    connector.close();
    loops.close();
  }

  private WebSocket connectAndWait(String address, @Nullable Consumer<? super WebSocket> setup) {
    Waiting.check("connect");
    CompletableFuture<WebSocket> opening = open(address, setup);
    try {
      return opening.get();
    } catch (InterruptedException interrupt) {
      opening.cancel(true);
      throw Waiting.interrupted("connect", interrupt);
    } catch (ExecutionException failure) {
      Throwable cause = failure.getCause();
      if (cause instanceof WebSocketException known) throw known;
      throw new AssertionError("an unknown failure to connect", cause);
    }
  }

  private CompletableFuture<WebSocket> open(
      String address, @Nullable Consumer<? super WebSocket> setup) {
    if (closed.get()) throw new IllegalStateException("the client is closed");
    var opening = new ClientOpening(this, WebSocketUri.parse(address), setup);
    opening.start();
    return opening.result();
  }

  /** Who is told of what becomes of connections. */
  Watch watch() {
    return watch;
  }

  WebSocketClientBuilder settings() {
    return settings;
  }

  Connector connector() {
    return connector;
  }

  /** A handshake with fresh randomness. */
  ClientHandshake handshake(WebSocketUri uri, Headers headers) {
    byte[] nonce = new byte[16];
    NONCES.nextBytes(nonce);
    return new ClientHandshake(
        uri, settings.subprotocols, headers, settings.options.deflate(), nonce);
  }
}
