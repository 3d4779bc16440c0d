package dev.priz.benchmarks.server;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.websocket.WsConfig;
import io.helidon.webserver.websocket.WsRouting;
import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsSession;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Helidon SE: blocking I/O, a virtual thread for each connection. */
public final class HelidonEcho {
  private static final Set<WsSession> SUBSCRIBERS = ConcurrentHashMap.newKeySet();

  private HelidonEcho() {}

  /**
   * Starts the server.
   *
   * @param args port
   */
  public static void main(String[] args) {
    WebServer.builder()
        .host("127.0.0.1")
        .port(Integer.parseInt(args[0]))
        .backlog(4096)
        .addProtocol(WsConfig.builder().maxFrameLength(2 << 20).build())
        .addRouting(
            WsRouting.builder().endpoint("/", new Echo()).endpoint("/broadcast", new Broadcast()))
        .build()
        .start();
  }

  private static final class Echo implements WsListener {
    @Override
    public void onMessage(WsSession session, String text, boolean last) {
      session.send(text, last);
    }

    @Override
    public void onMessage(WsSession session, BufferData buffer, boolean last) {
      session.send(buffer, last);
    }
  }

  private static final class Broadcast implements WsListener {
    @Override
    public void onOpen(WsSession session) {
      SUBSCRIBERS.add(session);
    }

    @Override
    public void onMessage(WsSession session, String text, boolean last) {
      for (WsSession subscriber : SUBSCRIBERS) subscriber.send(text, last);
    }

    @Override
    public void onClose(WsSession session, int status, String reason) {
      SUBSCRIBERS.remove(session);
    }

    @Override
    public void onError(WsSession session, Throwable failure) {
      SUBSCRIBERS.remove(session);
    }
  }
}
