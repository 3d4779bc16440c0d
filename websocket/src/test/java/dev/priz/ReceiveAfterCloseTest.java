package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a handler sees whose connection is closed before it asks for the first message. */
final class ReceiveAfterCloseTest {
  private final WebSocketServer server = WebSocketServer.listen("127.0.0.1:0");
  private final WebSocket client = WebSocket.connect(server.address()).onText(text -> {});
  private final WebSocket ws = server.accept();

  @AfterEach
  void stop() {
    client.abort();
    server.close();
  }

  @Test
  void receiveTellsTheEnd() {
    ws.closeAsync(4000, "");

    assertThat(ws.receive()).isNull();
  }

  @Test
  void receiveStreamTellsTheEnd() {
    ws.closeAsync(4000, "");

    assertThat(ws.receiveStream()).isNull();
  }

  @Test
  void loopEnds() {
    ws.closeAsync(4000, "");

    assertThat(ws).isEmpty();
  }
}
