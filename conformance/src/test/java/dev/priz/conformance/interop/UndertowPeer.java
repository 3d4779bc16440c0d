package dev.priz.conformance.interop;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.undertow.Undertow;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.websockets.WebSocketExtension;
import io.undertow.websockets.WebSocketProtocolHandshakeHandler;
import io.undertow.websockets.client.WebSocketClient;
import io.undertow.websockets.client.WebSocketClientNegotiation;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedBinaryMessage;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.CloseMessage;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import io.undertow.websockets.core.protocol.version13.Hybi13Handshake;
import io.undertow.websockets.extensions.ExtensionHandshake;
import io.undertow.websockets.extensions.PerMessageDeflateHandshake;
import io.undertow.websockets.spi.WebSocketHttpExchange;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xnio.IoFuture;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Pooled;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/** Undertow, by Red Hat. */
final class UndertowPeer {
  private UndertowPeer() {}

  static final class Client extends PeerClient {
    private final XnioWorker worker;
    private final ByteBufferPool buffers = new DefaultByteBufferPool(false, 16 * 1024);

    Client() throws IOException {
      worker =
          Xnio.getInstance()
              .createWorker(
                  OptionMap.create(Options.WORKER_IO_THREADS, 1, Options.THREAD_DAEMON, true));
    }

    @Override
    Set<Ability> lacks() {
      // Its frames end where its buffers do. A refusal is an IOException like any other. It cannot
      // compress a megabyte, and does not heed client_no_context_takeover.
      return Set.of(
          Ability.CHOOSES_FRAGMENTS,
          Ability.SEES_REFUSAL_STATUS,
          Ability.SEES_REFUSAL_BODY,
          Ability.COMPRESSES_EVERYTHING,
          Ability.FORGETS_ITS_MESSAGES);
    }

    @Override
    PeerConnection connect(String address) throws Exception {
      var negotiation = new Negotiation();
      IoFuture<WebSocketChannel> opening =
          WebSocketClient.connectionBuilder(worker, buffers, URI.create(address))
              .setClientNegotiation(negotiation)
              .setClientExtensions(Set.of(Negotiation.DEFLATE))
              .connect();
      if (opening.await(Heard.DEADLINE_SECONDS, SECONDS) == IoFuture.Status.FAILED) {
        throw new RefusedException(0, "");
      }
      return Connection.over(opening.get(), negotiation.response);
    }

    @Override
    void stop() throws InterruptedException {
      worker.shutdownNow();
      worker.awaitTermination(Heard.DEADLINE_SECONDS, SECONDS);
      buffers.close();
    }
  }

  static final class Server extends PeerServer {
    private final Undertow server;

    Server() {
      var handshake =
          new WebSocketProtocolHandshakeHandler(
                  List.of(new Hybi13Handshake(Set.copyOf(Contract.SPOKEN), false)), this::arrived)
              .addExtension(new PerMessageDeflateHandshake(false));
      server =
          Undertow.builder()
              .setIoThreads(1)
              .setWorkerThreads(1)
              // The JDK warns of how it frees direct ones.
              .setDirectBuffers(false)
              .addHttpListener(0, "127.0.0.1")
              .setHandler(exchange -> receive(exchange, handshake))
              .build();
      server.start();
    }

    @Override
    Set<Ability> lacks() {
      // Its frames end where its buffers do. It cannot compress a megabyte.
      return Set.of(Ability.CHOOSES_FRAGMENTS, Ability.COMPRESSES_EVERYTHING);
    }

    @Override
    int port() {
      return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    @Override
    void stop() {
      server.stop();
    }

    private static void receive(
        HttpServerExchange exchange, WebSocketProtocolHandshakeHandler handshake) throws Exception {
      if (exchange.getRequestPath().equals(Contract.REFUSED_PATH)) {
        exchange.setStatusCode(Contract.REFUSAL_STATUS);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain; charset=utf-8");
        exchange.getResponseSender().send(Contract.REFUSAL_BODY);
      } else {
        handshake.handleRequest(exchange);
      }
    }

    private void arrived(WebSocketHttpExchange exchange, WebSocketChannel channel) {
      visitors().greet(Connection.over(channel, exchange.getRequestHeaders()));
    }
  }

  private static final class Negotiation extends WebSocketClientNegotiation {
    static final ExtensionHandshake DEFLATE = new PerMessageDeflateHandshake(true);

    private volatile Map<String, List<String>> response = Map.of();

    Negotiation() {
      super(Contract.OFFERED, List.of(new WebSocketExtension(DEFLATE.getName(), List.of())));
    }

    @Override
    public void beforeRequest(Map<String, List<String>> headers) {
      headers.put(Contract.REQUEST_HEADER, List.of(Contract.TOKEN));
    }

    @Override
    public void afterRequest(Map<String, List<String>> headers) {
      response = headers;
    }
  }

  private static final class Connection extends AbstractReceiveListener implements PeerConnection {
    private final Heard heard = new Heard();
    private final WebSocketChannel channel;
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private Connection(WebSocketChannel channel, Map<String, List<String>> headers) {
      this.channel = channel;
      this.headers.putAll(headers);
    }

    static PeerConnection over(WebSocketChannel channel, Map<String, List<String>> headers) {
      var connection = new Connection(channel, headers);
      channel.addCloseTask(closed -> connection.heard.end(1006, "channel closed"));
      channel.getReceiveSetter().set(connection);
      channel.resumeReceives();
      return connection;
    }

    @Override
    protected void onFullTextMessage(WebSocketChannel from, BufferedTextMessage message) {
      heard.text(message.getData());
    }

    @Override
    protected void onFullBinaryMessage(WebSocketChannel from, BufferedBinaryMessage message) {
      hear(message, heard::binary);
    }

    @Override
    protected void onFullPongMessage(WebSocketChannel from, BufferedBinaryMessage message) {
      hear(message, heard::pong);
    }

    @Override
    protected void onCloseMessage(CloseMessage message, WebSocketChannel from) {
      heard.end(message.getCode(), message.getReason());
    }

    @Override
    protected void onError(WebSocketChannel from, Throwable failure) {
      heard.end(failure);
      IoUtils.safeClose(from);
    }

    @Override
    public Heard heard() {
      return heard;
    }

    @Override
    public String subprotocol() {
      return channel.getSubProtocol();
    }

    @Override
    public @Nullable String header(String name) {
      List<String> values = headers.get(name);
      return values == null ? null : values.get(0);
    }

    @Override
    public void send(String text) {
      WebSockets.sendText(text, channel, null);
    }

    // Undertow masks what it is given.
    @Override
    public void send(byte[] data) {
      WebSockets.sendBinary(ByteBuffer.wrap(data.clone()), channel, null);
    }

    @Override
    public void ping(byte[] data) {
      WebSockets.sendPing(ByteBuffer.wrap(data.clone()), channel, null);
    }

    @Override
    public void close(int code, String reason) {
      WebSockets.sendClose(code, reason, channel, null);
    }

    @Override
    public void abort() throws IOException {
      channel.close();
    }

    // Undertow's own API hands out this deprecated type of XNIO.
    @SuppressWarnings("deprecation")
    private static void hear(BufferedBinaryMessage message, Consumer<ByteBuffer> hearing) {
      try (Pooled<ByteBuffer[]> data = message.getData()) {
        hearing.accept(WebSockets.mergeBuffers(data.getResource()));
      }
    }
  }
}
