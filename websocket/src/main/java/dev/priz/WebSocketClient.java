package dev.priz;

import dev.priz.netty.Budget;
import dev.priz.netty.Connector;
import dev.priz.netty.HandshakeRefusal;
import dev.priz.netty.Link;
import dev.priz.netty.LinkListener;
import dev.priz.netty.Loops;
import dev.priz.protocol.ClientHandshake;
import dev.priz.protocol.Headers;
import dev.priz.protocol.Request;
import dev.priz.protocol.WebSocketUri;
import java.security.SecureRandom;
import java.util.Map;
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
    var unused = handshake(ANY);
    loops = Loops.open(settings.transport.kind(), settings.threads, "client", true);
    try {
      connector =
          new Connector(
              loops, settings.options.forLink(new Budget(Long.MAX_VALUE)), settings.tls.tls());
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
    WebSocketUri uri = WebSocketUri.parse(address);
    ClientHandshake handshake = handshake(uri);
    var opened = new CompletableFuture<WebSocket>();
    Runnable cancel =
        connector.connect(uri, handshake, new Outcome(uri, handshake.request(), setup, opened));
    opened.whenComplete((ws, failure) -> {
      if (opened.isCancelled()) cancel.run();
    });
    return opened;
  }

  private ClientHandshake handshake(WebSocketUri uri) {
    byte[] nonce = new byte[16];
    NONCES.nextBytes(nonce);
    return new ClientHandshake(
        uri, settings.subprotocols, settings.headers, settings.options.deflate(), nonce);
  }

  /** What becomes of one attempt. */
  private final class Outcome implements Connector.Outcome {
    private final WebSocketUri uri;
    private final Request request;
    private final @Nullable Consumer<? super WebSocket> setup;
    private final CompletableFuture<WebSocket> opened;

    Outcome(
        WebSocketUri uri,
        Request request,
        @Nullable Consumer<? super WebSocket> setup,
        CompletableFuture<WebSocket> opened) {
      this.uri = uri;
      this.request = request;
      this.setup = setup;
      this.opened = opened;
    }

    @Override
    public LinkListener opened(Link link, Headers responseHeaders) {
      String subprotocol = ClientHandshake.subprotocol(responseHeaders);
      var opening = new Opening(request, Map.of(), subprotocol, null, uri.secure());
      var incoming = new Incoming(link, settings.options.inboxBytes(), request.path(), watch);
      var ws = new WebSocket(link, incoming, opening);
      incoming.opened(ws);
      if (setup != null) new Receiver.ByCallbacks(setup).receive(ws, incoming);
      if (!opened.complete(ws)) ws.abort();
      return incoming;
    }

    @Override
    public void failed(Exception cause) {
      opened.completeExceptionally(
          switch (cause) {
            case HandshakeRefusal refusal ->
                new HandshakeRefusedException(
                    "handshake with " + uri + " refused: " + refusal.getMessage(),
                    refusal.response(),
                    refusal);
            default ->
                new WebSocketException(
                    "cannot connect to " + uri + ": " + cause.getMessage(), cause);
          });
    }
  }
}
