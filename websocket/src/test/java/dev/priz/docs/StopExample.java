package dev.priz.docs;

import dev.priz.WebSocketServer;
import dev.priz.protocol.Message;
import java.time.Duration;

/** The code of how-to/graceful-stop.md. */
final class StopExample {
  private StopExample() {}

  static void onSignal() {
    WebSocketServer server =
        WebSocketServer.at("0.0.0.0:8080")
            .route(
                "/echo",
                ws -> {
                  for (Message message : ws) ws.send(message);
                })
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop(Duration.ofSeconds(20))));
    server.join();
  }
}
