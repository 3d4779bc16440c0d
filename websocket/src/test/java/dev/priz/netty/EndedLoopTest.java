package dev.priz.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.priz.WebSocket;
import dev.priz.WebSocketClient;
import dev.priz.WebSocketServer;
import org.junit.jupiter.api.Test;

/** A connection whose client has been closed, and with it the event loop. */
class EndedLoopTest {
  @Test
  void takesCallbacksThoughNobodyCallsThemAnyMore() {
    WebSocketClient client = WebSocketClient.builder().build();
    try (WebSocketServer server =
        WebSocketServer.at("127.0.0.1:0").callbacks("/", ws -> {}).start()) {
      WebSocket ws = client.connect(server.address() + "/");

      client.close();

      assertThatCode(() -> ws.onText(text -> {})).doesNotThrowAnyException();
      assertThat(ws.run().code()).isEqualTo(1006);
    }
  }
}
