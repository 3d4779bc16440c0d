package dev.priz;

import dev.priz.protocol.Closed;
import dev.priz.protocol.Timeouts;
import java.time.Duration;

/** The examples of a client in the Javadoc. */
final class ClientExample {
  private ClientExample() {}

  static Closed callbacks(String address) {
    // @start region="callbacks"
    WebSocket ws = WebSocket.connect(address);
    ws.onOpen(() -> System.out.println("connected"))
        .onText(text -> System.out.println("received " + text))
        .onClose(how -> System.out.println("closed with " + how));
    ws.send("hello");
    return ws.run();
    // @end
  }

  static String settings(String address, String token) {
    // @start region="settings"
    try (var client =
            WebSocketClient.builder()
                .header("Authorization", "Bearer " + token)
                .timeouts(Timeouts.DEFAULT.handshake(Duration.ofSeconds(3)))
                .build();
        var ws = client.connect(address)) {
      ws.send("hello");
      return ws.receive().text();
    }
    // @end
  }
}
