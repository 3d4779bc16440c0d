package dev.priz.benchmarks.server;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/** Jetty with one acceptor and one selector; the rest of its threads it chooses itself. */
public final class JettyEcho {
  private static final Set<Session> SUBSCRIBERS = ConcurrentHashMap.newKeySet();

  private JettyEcho() {}

  /**
   * Starts the server.
   *
   * @param args port
   */
  public static void main(String[] args) throws Exception {
    var server = new Server();
    var connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    connector.setPort(Integer.parseInt(args[0]));
    connector.setAcceptQueueSize(4096);
    server.addConnector(connector);
    server.setHandler(WebSocketUpgradeHandler.from(server, JettyEcho::configure));
    server.start();
  }

  private static void configure(ServerWebSocketContainer container) {
    container.setMaxTextMessageSize(2 << 20);
    container.setMaxBinaryMessageSize(2 << 20);
    container.setIdleTimeout(Duration.ofMinutes(10));
    container.addMapping("/", (request, response, callback) -> new Echo());
    container.addMapping("/broadcast", (request, response, callback) -> new Broadcast());
  }

  /** Sends back what comes; public, as Jetty wants it. */
  public static final class Echo extends Session.Listener.AbstractAutoDemanding {
    @Override
    public void onWebSocketText(String message) {
      getSession().sendText(message, Callback.NOOP);
    }

    @Override
    public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
      getSession().sendBinary(payload, callback);
    }
  }

  /** Sends to all what comes; public, as Jetty wants it. */
  public static final class Broadcast extends Session.Listener.AbstractAutoDemanding {
    @Override
    public void onWebSocketOpen(Session session) {
      super.onWebSocketOpen(session);
      SUBSCRIBERS.add(session);
    }

    @Override
    public void onWebSocketText(String message) {
      for (Session subscriber : SUBSCRIBERS) subscriber.sendText(message, Callback.NOOP);
    }

    @Override
    public void onWebSocketClose(int statusCode, String reason, Callback callback) {
      SUBSCRIBERS.remove(getSession());
      callback.succeed();
    }
  }
}
