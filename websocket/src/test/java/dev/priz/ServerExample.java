package dev.priz;

import dev.priz.protocol.Message;

/** The examples of a server in the Javadoc. */
final class ServerExample {
  private ServerExample() {}

  static WebSocketServer loop(String address) {
    // @start region="loop"
    WebSocketServer server =
        WebSocketServer.at(address)
            .route(
                "/echo",
                ws -> {
                  for (Message message : ws) ws.send(message);
                })
            .start();
    // @end
    return server;
  }

  static WebSocketServer callbacks(String address) {
    // @start region="callbacks"
    WebSocketServer server =
        WebSocketServer.at(address)
            .callbacks("/echo", ws -> ws.onText(ws::send).onBinary(ws::send))
            .start();
    // @end
    return server;
  }

  static void accept(WebSocketServer server) {
    // @start region="accept"
    for (WebSocket next = server.accept(); next != null; next = server.accept()) {
      WebSocket ws = next;
      Thread.startVirtualThread(() -> {
        for (Message message : ws) ws.send(message);
        ws.close();
      });
    }
    // @end
  }
}
