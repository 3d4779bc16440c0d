package dev.priz.docs;

import dev.priz.WebSocket;
import dev.priz.WebSocketServer;
import dev.priz.protocol.Message;

/** The code of the README. */
final class ReadmeExample {
  private ReadmeExample() {}

  static void loop() {
    try (var server =
        WebSocketServer.at("0.0.0.0:8080")
            .route(
                "/echo",
                ws -> {
                  for (Message message : ws) ws.send(message);
                })
            .start()) {
      server.join();
    }
  }

  static void callbacks() {
    WebSocketServer.at("0.0.0.0:8080")
        .callbacks("/echo", ws -> ws.onText(ws::send).onBinary(ws::send))
        .start();
  }

  static void client() {
    try (WebSocket ws = WebSocket.connect("ws://localhost:8080/echo")) {
      ws.send("Hello Server!");
      System.out.println(ws.receive());
    }
  }

  static void clientWithCallbacks() {
    WebSocket ws = WebSocket.connect("ws://localhost:8080/echo");
    ws.onOpen(() -> System.out.println("Connected!")); // after connect, and still called
    ws.onText(text -> System.out.println("Received: " + text));
    ws.send("Hello Server!");
    ws.run(); // until the connection has ended
  }
}
