package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.protocol.Text;
import dev.priz.protocol.Timeouts;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways for a client to get a connection, or none. */
final class ConnectTest {
  private WebSocketClient client;

  @BeforeEach
  void build() {
    client = WebSocketClient.builder().header("X-Client", "test").build();
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void connectsInOneCall() {
    try (var server = greeting();
        var ws = WebSocket.connect(server.address() + "/path?query=1")) {
      assertThat(ws.isOpen()).isTrue();
      assertThat(ws.closed()).isNull();
      assertThat(ws.remoteAddress()).isNotNull();
      assertThat(ws.request().path()).isEqualTo("/path");
      assertThat(ws).hasToString("WebSocket[/path, " + ws.remoteAddress() + "]");
      assertThat(ws.receive()).isEqualTo(new Text("/path null"));
    }
  }

  @Test
  void sendsTheHeadersOfTheClient() {
    try (var server = greeting();
        var ws = client.connect(server.address())) {
      assertThat(ws.receive()).isEqualTo(new Text("/ test"));
    }
  }

  @Test
  void connectsWithoutWaiting() throws InterruptedException {
    try (var server = greeting();
        var ws = Soon.value(client.connectAsync(server.address()))) {
      assertThat(ws.receive()).isEqualTo(new Text("/ test"));
    }
  }

  @Test
  void knowsAServerByItsName() {
    try (var server = greeting();
        var ws = client.connect("ws://localhost:" + server.port())) {
      assertThat(ws.receive()).isEqualTo(new Text("/ test"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost:80", "http://localhost", "ws://", "ws://localhost/#top"})
  void refusesAddressesThatAreNoWebSockets(String address) {
    assertThatThrownBy(() -> WebSocket.connect(address))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> client.connectAsync(address))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @MethodSource("dev.priz.Transports#working")
  void saysWhereNobodyListens(Transport transport) throws Exception {
    String address = freeAddress();
    try (var other = WebSocketClient.builder().transport(transport).build()) {
      assertThatThrownBy(() -> other.connect(address))
          .isInstanceOf(WebSocketException.class)
          .isNotInstanceOf(HandshakeRefusedException.class)
          .hasMessageContaining(address);
    }
  }

  @Test
  void saysThatAHostIsUnknown() {
    assertThatThrownBy(() -> client.connect("ws://no-such-host.invalid"))
        .isInstanceOf(WebSocketException.class)
        .hasMessageContaining("unknown host")
        .hasMessageContaining("no-such-host.invalid");
  }

  @Test
  void failsLaterWhereItDoesNotWait() throws Exception {
    assertThat(Soon.failure(client.connectAsync(freeAddress())))
        .isInstanceOf(WebSocketException.class);
  }

  @Test
  void givesUpAServerThatDoesNotAnswerInTime() throws Exception {
    try (var server = RawServer.listen();
        var hasty =
            WebSocketClient.builder()
                .timeouts(Timeouts.DEFAULT.handshake(Duration.ofMillis(200)))
                .build()) {
      assertThatThrownBy(() -> hasty.connect(server.address()))
          .isInstanceOf(WebSocketException.class)
          .hasMessageContaining("did not answer");
    }
  }

  @Test
  void saysThatTheServerLeftDuringTheHandshake() throws Exception {
    try (var server = RawServer.listen()) {
      var opening = client.connectAsync(server.address());
      server.accept().close();

      assertThat(Soon.failure(opening)).isInstanceOf(WebSocketException.class);
    }
  }

  @Test
  void saysThatTheServerDoesNotSpeakHttp() throws Exception {
    try (var server = RawServer.listen()) {
      var opening = client.connectAsync(server.address());
      try (var peer = server.accept()) {
        peer.sendText("SSH-2.0-OpenSSH_9.0\r\n\r\n");

        assertThat(Soon.failure(opening))
            .isInstanceOf(WebSocketException.class)
            .hasMessageContaining("not HTTP");
      }
    }
  }

  @Test
  void givesUpWhenInterruptedAndKeepsTheInterrupt() throws Exception {
    try (var server = RawServer.listen()) {
      var kept = new CompletableFuture<Boolean>();
      Thread connecting =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  client.connect(server.address());
                } catch (WebSocketException expected) {
                  kept.complete(Thread.currentThread().isInterrupted());
                }
              });
      try (var peer = server.accept()) {
        assertThat(peer.readHead()).isNotEmpty();
        Soon.waiting(connecting);

        connecting.interrupt();

        assertThat(Soon.value(kept)).isTrue();
        assertThat(peer.isAtEnd()).isTrue();
      }
    }
  }

  @Test
  void givesUpWhenItsFutureIsCancelled() throws Exception {
    try (var server = RawServer.listen()) {
      var opening = client.connectAsync(server.address());
      try (var peer = server.accept()) {
        assertThat(peer.readHead()).isNotEmpty();

        opening.cancel(true);

        assertThat(peer.isAtEnd()).isTrue();
      }
    }
  }

  @Test
  void closesAConnectionThatOpensAfterItsFutureWasCancelled() throws Exception {
    try (var server = RawServer.listen()) {
      var opening = client.connectAsync(server.address());
      try (var peer = server.accept()) {
        String request = peer.readHead();
        opening.cancel(true);
        peer.sendText(RawPeer.acceptance(request));

        assertThat(peer.isAtEnd()).isTrue();
      } catch (IOException resetByTheClient) {
        assertThat(opening).isCancelled();
      }
    }
  }

  @Test
  void endsItsConnectionsWhenClosed() {
    try (var server = WebSocketServer.listen("127.0.0.1:0")) {
      WebSocket ws = client.connect(server.address());

      client.close();

      assertThat(server.accept().receive()).isNull();
      assertThat(ws.isOpen()).isFalse();
    }
  }

  @Test
  void failsOnceTheClientIsClosed() throws Exception {
    try (var log = new CapturedLog();
        var server = greeting()) {
      client.close();

      assertThatThrownBy(() -> client.connect(server.address()))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> client.connectAsync(server.address()))
          .isInstanceOf(IllegalStateException.class);
      assertThat(log.text()).isEmpty();
    }
  }

  @Test
  void closesTwice() {
    client.close();
    client.close();
  }

  @Test
  void refusesHeadersThatTheHandshakeSetsItselfWhenBuilt() {
    assertThatThrownBy(() -> WebSocketClient.builder().header("Host", "other").build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> WebSocketClient.builder().header("Sec-WebSocket-Key", "k").build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> WebSocketClient.builder().header("a b", "c"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> WebSocketClient.builder().threads(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static WebSocketServer greeting() {
    return WebSocketServer.at("127.0.0.1:0")
        .route(
            "/*",
            ws -> ws.send(ws.request().path() + " " + ws.request().headers().first("X-Client")))
        .start();
  }

  // Of a port where nobody listens any more.
  private static String freeAddress() throws IOException {
    try (var server = RawServer.listen()) {
      return server.address();
    }
  }
}
