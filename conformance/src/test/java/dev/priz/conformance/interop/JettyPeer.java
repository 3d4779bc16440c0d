package dev.priz.conformance.interop;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Configurable;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.exceptions.UpgradeException;
import org.eclipse.jetty.websocket.client.ClientUpgradeRequest;
import org.eclipse.jetty.websocket.client.WebSocketClient;
import org.eclipse.jetty.websocket.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.jspecify.annotations.Nullable;

/** Jetty, by the Eclipse Foundation. */
final class JettyPeer {
  private JettyPeer() {}

  static final class Client extends PeerClient {
    private final WebSocketClient client = new WebSocketClient();

    Client() throws Exception {
      allowBigMessages(client);
      client.start();
    }

    @Override
    Set<Ability> lacks() {
      // It does not tell the body, nor heed client_no_context_takeover.
      return Set.of(Ability.SEES_REFUSAL_BODY, Ability.FORGETS_ITS_MESSAGES);
    }

    @Override
    PeerConnection connect(String address) throws Exception {
      var request = new ClientUpgradeRequest(URI.create(address));
      request.setSubProtocols(Contract.OFFERED);
      request.setHeader(Contract.REQUEST_HEADER, Contract.TOKEN);
      request.addExtensions("permessage-deflate");
      var connection = new Connection(null);
      try {
        client.connect(connection, request).get(Heard.DEADLINE_SECONDS, SECONDS);
        return connection;
      } catch (ExecutionException failure) {
        if (failure.getCause() instanceof UpgradeException refusal) {
          throw new RefusedException(refusal.getResponseStatusCode(), "");
        }
        throw failure;
      }
    }

    @Override
    void stop() throws Exception {
      client.stop();
    }
  }

  static final class Server extends PeerServer {
    private final org.eclipse.jetty.server.Server server =
        new org.eclipse.jetty.server.Server(new QueuedThreadPool(8));
    private final ServerConnector connector = new ServerConnector(server, 1, 1);

    Server() throws Exception {
      connector.setHost("127.0.0.1");
      server.addConnector(connector);
      server.setHandler(
          WebSocketUpgradeHandler.from(
              server,
              container -> {
                allowBigMessages(container);
                container.addMapping("/*", this::receive);
              }));
      server.start();
    }

    @Override
    int port() {
      return connector.getLocalPort();
    }

    @Override
    void stop() throws Exception {
      server.stop();
    }

    private @Nullable Object receive(
        ServerUpgradeRequest request,
        ServerUpgradeResponse response,
        org.eclipse.jetty.util.Callback done) {
      if (request.getHttpURI().getPath().equals(Contract.REFUSED_PATH)) {
        response.setStatus(Contract.REFUSAL_STATUS);
        Content.Sink.write(response, true, Contract.REFUSAL_BODY, done);
        return null;
      }
      Contract.SPOKEN.stream()
          .filter(request::hasSubProtocol)
          .findFirst()
          .ifPresent(response::setAcceptedSubProtocol);
      return new Connection(visitors());
    }
  }

  /** Public, as its methods are called by reflection. */
  public static final class Connection implements PeerConnection, Session.Listener.AutoDemanding {
    private final Heard heard = new Heard();
    private final @Nullable Visitors visitors;
    private volatile Session session;

    private Connection(@Nullable Visitors visitors) {
      this.visitors = visitors;
    }

    @Override
    public void onWebSocketOpen(Session opened) {
      session = opened;
      if (visitors != null) visitors.greet(this);
    }

    @Override
    public void onWebSocketText(String text) {
      heard.text(text);
    }

    @Override
    public void onWebSocketBinary(ByteBuffer data, Callback done) {
      heard.binary(data);
      done.succeed();
    }

    @Override
    public void onWebSocketPong(ByteBuffer data) {
      heard.pong(data);
    }

    @Override
    public void onWebSocketClose(int code, String reason, Callback done) {
      heard.end(code, reason == null ? "" : reason);
      done.succeed();
    }

    @Override
    public void onWebSocketError(Throwable failure) {
      // The end follows.
    }

    @Override
    public Heard heard() {
      return heard;
    }

    @Override
    public @Nullable String subprotocol() {
      return session.getUpgradeResponse().getAcceptedSubProtocol();
    }

    @Override
    public @Nullable String header(String name) {
      return visitors == null
          ? session.getUpgradeResponse().getHeader(name)
          : session.getUpgradeRequest().getHeader(name);
    }

    @Override
    public void send(String text) {
      session.sendText(text, Callback.NOOP);
    }

    @Override
    public void send(byte[] data) {
      session.sendBinary(ByteBuffer.wrap(data), Callback.NOOP);
    }

    @Override
    public void sendFragments(List<String> fragments) throws Exception {
      int last = fragments.size() - 1;
      for (int i = 0; i <= last; i++) {
        var sent = new Callback.Completable();
        session.sendPartialText(fragments.get(i), i == last, sent);
        sent.get(Heard.DEADLINE_SECONDS, SECONDS);
      }
    }

    @Override
    public void ping(byte[] data) {
      session.sendPing(ByteBuffer.wrap(data), Callback.NOOP);
    }

    @Override
    public void close(int code, String reason) {
      session.close(code, reason, Callback.NOOP);
    }

    @Override
    public void abort() {
      session.disconnect();
    }
  }

  private static void allowBigMessages(Configurable limits) {
    limits.setMaxBinaryMessageSize(Contract.MAX_MESSAGE_BYTES);
    limits.setMaxTextMessageSize(Contract.MAX_MESSAGE_BYTES);
  }
}
