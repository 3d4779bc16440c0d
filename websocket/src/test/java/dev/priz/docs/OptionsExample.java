package dev.priz.docs;

import dev.priz.ConnectionOptions;
import dev.priz.WebSocketServer;
import dev.priz.protocol.Limits;
import dev.priz.protocol.Timeouts;
import java.time.Duration;

/** The code of how-to/keep-alive-and-limits.md. */
final class OptionsExample {
  private OptionsExample() {}

  static WebSocketServer server(String address) {
    return WebSocketServer.at(address)
        .options(ConnectionOptions.DEFAULT.sendQueue(128 * 1024, 4 << 20))
        .limits(Limits.DEFAULT.maxMessageBytes(64 * 1024).controlFrames(10, 20))
        .timeouts(Timeouts.DEFAULT.keepAlive(Duration.ofSeconds(15), Duration.ofSeconds(10)))
        .callbacks("/echo", ws -> ws.onText(ws::send))
        .start();
  }

  static Timeouts noKeepAlive() {
    return Timeouts.DEFAULT.keepAlive(Duration.ZERO, Duration.ofSeconds(20));
  }
}
