package dev.priz.wire;

import static dev.priz.wire.Wire.CLOSE;
import static dev.priz.wire.Wire.MASKED_CLOSE;
import static dev.priz.wire.Wire.MASKED_HELLO;
import static dev.priz.wire.Wire.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.Transport;
import dev.priz.WebSocketClient;
import dev.priz.WebSocketServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What is left of connections in the operating system. */
@ParameterizedClass
@MethodSource("dev.priz.wire.Transports#working")
final class LingeringSocketsTest {
  private static final int SECONDS = 5;

  private final Transport transport;

  LingeringSocketsTest(Transport transport) {
    this.transport = transport;
  }

  @Test
  @DisplayName("TL-03 a server leaves no CLOSE_WAIT behind a peer's half-close")
  void aServerLeavesNoCloseWait() throws Exception {
    try (var server = start("127.0.0.1:0");
        var afterClose = RawSocket.open(server, "/");
        var withoutClose = RawSocket.open(server, "/");
        var unread = RawSocket.open(server, "/");
        var beforeHandshake = RawSocket.to(server.port())) {
      afterClose.send(MASKED_CLOSE).end();
      withoutClose.end();
      unread.send(MASKED_HELLO, MASKED_CLOSE).end();
      beforeHandshake.end();

      assertThat(afterClose.readToEnd()).isEqualTo(CLOSE);
      withoutClose.readToEnd();
      assertNoCloseWait(server.port());
    }
  }

  @Test
  @DisplayName("TL-03 a client leaves no CLOSE_WAIT behind a server's half-close")
  void aClientLeavesNoCloseWait() throws Exception {
    var port = new ArrayList<Integer>();
    RawServer.Script script =
        peer -> {
          port.add(peer.peerPort());
          peer.send(text("bye"), CLOSE).end();
          peer.readToEnd();
          assertNoCloseWait(port.getFirst());
        };
    try (var server = RawServer.opening(script);
        var client = WebSocketClient.builder().transport(transport).build()) {
      var events = new Events();
      client.connect(server.address(), events::watch);

      assertThat(events.toClose()).containsExactly("open", "text bye", "close 1000");
    }
    assertThat(port).hasSize(1);
  }

  @Test
  @DisplayName("TL-15 a server starts again at once on its port while clients hold on to the old")
  void aServerStartsAgainOnItsPort() throws Exception {
    List<RawSocket> holding = new ArrayList<>();
    var first = start("127.0.0.1:0");
    int port = first.port();
    try {
      for (int i = 0; i < 20; i++) holding.add(RawSocket.open(first, "/"));
      first.stop(Duration.ZERO);

      long startNanos = System.nanoTime();
      try (var second = start("127.0.0.1:" + port)) {
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos))
            .isLessThan(Duration.ofSeconds(1));
        try (var peer = RawSocket.open(second, "/")) {
          peer.send(MASKED_HELLO);
          assertThat(peer.read(7)).isEqualTo(Wire.HELLO);
        }
      }
    } finally {
      for (RawSocket peer : holding) peer.close();
      first.close();
    }
  }

  private WebSocketServer start(String address) {
    return WebSocketServer.at(address)
        .transport(transport)
        .callbacks("/", ws -> ws.onText(ws::send))
        .start();
  }

  private static void assertNoCloseWait(int port) throws Exception {
    // Other systems have no such table, and nothing of ours that differs.
    if (!SocketTable.exists()) return;
    assertThat(SocketTable.isEmptyWithin(SECONDS, port, SocketTable.CLOSE_WAIT)).isTrue();
  }
}
