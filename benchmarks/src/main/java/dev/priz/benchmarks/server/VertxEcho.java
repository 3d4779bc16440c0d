package dev.priz.benchmarks.server;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Vert.x on one event loop, with the native transport that it prefers. */
public final class VertxEcho {
  private static final Set<ServerWebSocket> SUBSCRIBERS = ConcurrentHashMap.newKeySet();

  private VertxEcho() {}

  /**
   * Starts the server.
   *
   * @param args port
   */
  public static void main(String[] args) {
    var options = new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true);
    Vertx.vertx(options)
        .createHttpServer(
            new HttpServerOptions()
                .setAcceptBacklog(4096)
                .setMaxWebSocketFrameSize(2 << 20)
                .setMaxWebSocketMessageSize(2 << 20))
        .webSocketHandler(ws -> {
          if (ws.path().equals("/broadcast")) {
            SUBSCRIBERS.add(ws);
            ws.closeHandler(closed -> SUBSCRIBERS.remove(ws));
            ws.textMessageHandler(VertxEcho::toAll);
          } else {
            ws.textMessageHandler(ws::writeTextMessage);
            ws.binaryMessageHandler(ws::writeBinaryMessage);
          }
        })
        .listen(Integer.parseInt(args[0]), "127.0.0.1");
  }

  private static void toAll(String text) {
    for (ServerWebSocket subscriber : SUBSCRIBERS) subscriber.writeTextMessage(text);
  }
}
