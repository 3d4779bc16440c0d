package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.protocol.Text;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a server listens. */
final class ListenTest {
  @Test
  void picksAFreePortForPort0() {
    try (var first = WebSocketServer.listen("127.0.0.1:0");
        var second = WebSocketServer.listen("127.0.0.1:0")) {
      assertThat(first.port()).isPositive().isNotEqualTo(second.port());
      assertThat(first.address()).isEqualTo("ws://127.0.0.1:" + first.port());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:0", "localhost:0", "0.0.0.0:0", "[::1]:0", "[::]:0"})
  void givesAnAddressThatClientsCanConnectTo(String address) {
    try (var server = WebSocketServer.at(address).route("/", ws -> ws.send("here")).start();
        var ws = WebSocket.connect(server.address())) {
      assertThat(ws.receive()).isEqualTo(new Text("here"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "8080", ":8080", "localhost", "localhost:", "localhost:x", "a:65536"})
  void refusesAddressesWithoutHostAndPort(String address) {
    assertThatThrownBy(() -> WebSocketServer.listen(address))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + address + "\"");
  }

  @ParameterizedTest
  @MethodSource("dev.priz.Transports#working")
  void saysThatAPortIsTaken(Transport transport) throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();

      assertThatThrownBy(() -> WebSocketServer.at(address).transport(transport).start())
          .isInstanceOf(WebSocketException.class)
          .hasMessageContaining("" + taken.getLocalPort());
    }
  }

  @Test
  void saysThatAHostIsUnknown() {
    assertThatThrownBy(() -> WebSocketServer.listen("no-such-host.invalid:0"))
        .isInstanceOf(WebSocketException.class)
        .hasMessageContaining("no-such-host.invalid");
  }

  @Test
  void knowsItsConnectionsWhileTheyAreOpen() throws InterruptedException {
    try (var server = WebSocketServer.listen("127.0.0.1:0")) {
      WebSocket client = WebSocket.connect(server.address());
      WebSocket ws = server.accept();
      assertThat(server.connections()).containsExactly(ws);

      var end = Threads.call(ws::run);
      client.close();
      Soon.value(end);

      Soon.holds(() -> server.connections().isEmpty(), "no connection is left");
      assertThatThrownBy(() -> server.connections().clear())
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void usesAsManyEventLoopsAsAskedFor() {
    try (var server = WebSocketServer.at("127.0.0.1:0").threads(3).start();
        var client = WebSocketClient.builder().build()) {
      for (int i = 0; i < 12; i++) client.connect(server.address());

      long loops =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().startsWith("priz-server-"))
              .count();
      assertThat(loops).isEqualTo(3);
    }
  }

  @Test
  void refusesFewerThanOneEventLoop() {
    assertThatThrownBy(() -> WebSocketServer.at("127.0.0.1:0").threads(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesATransportThatDoesNotWorkHere() {
    Transport missing =
        System.getProperty("os.name").equals("Linux") ? Transport.KQUEUE : Transport.EPOLL;

    assertThatThrownBy(() -> WebSocketServer.at("127.0.0.1:0").transport(missing).start())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("does not work here");
  }
}
