package dev.priz.wire;

import static dev.priz.wire.Wire.HELLO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.TlsOptions;
import dev.priz.Transport;
import dev.priz.WebSocket;
import dev.priz.WebSocketClient;
import dev.priz.WebSocketClientBuilder;
import dev.priz.WebSocketException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How our client connects, fails to, and gives up. */
@ParameterizedClass
@MethodSource("dev.priz.wire.Transports#working")
class ConnectTest {
  private final Events events = new Events();
  private final Transport transport;
  private final WebSocketClient client;

  ConnectTest(Transport transport) {
    this.transport = transport;
    client = builder().build();
  }

  @AfterEach
  void closeClient() {
    client.close();
  }

  @Test
  void aRefusedConnectionIsSaidInTwoWords() throws Exception {
    String address = "ws://127.0.0.1:" + closedPort();

    assertThatThrownBy(() -> client.connect(address))
        .isInstanceOf(WebSocketException.class)
        .hasMessage("cannot connect to " + address + "/: connection refused")
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void anUnknownHostIsSaidInTwoWords() {
    assertThatThrownBy(() -> client.connect("ws://no-such-host.invalid/chat"))
        .isInstanceOf(WebSocketException.class)
        .hasMessage("cannot connect to ws://no-such-host.invalid/chat: unknown host");
  }

  @Test
  void connectAsyncFailsWithTheSame() throws Exception {
    String address = "ws://127.0.0.1:" + closedPort();

    assertThat(client.connectAsync(address))
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withCauseInstanceOf(WebSocketException.class)
        .withMessageContaining("connection refused");
  }

  @Test
  @DisplayName("HC-20 cancelled while the server thinks")
  void cancelledWhileTheServerThinks() throws Exception {
    var asked = new CountDownLatch(1);
    try (var server =
        RawServer.start(peer -> {
          peer.readHead();
          asked.countDown();
          assertThat(peer.readToEnd()).isEmpty();
        })) {
      CompletableFuture<WebSocket> attempt = client.connectAsync(server.address());
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

      attempt.cancel(true);

      assertThat(attempt).isCancelled();
    }
  }

  @Test
  @DisplayName("HC-20 cancelled inside the TLS handshake")
  void cancelledInsideTheTlsHandshake() throws Exception {
    var greeted = new CountDownLatch(1);
    try (var server =
        RawServer.start(peer -> {
          peer.read(1);
          greeted.countDown();
          peer.readToEnd();
        })) {
      var attempt = client.connectAsync(server.address().replace("ws:", "wss:"));
      assertThat(greeted.await(10, TimeUnit.SECONDS)).isTrue();

      attempt.cancel(true);
    }
  }

  @Test
  @DisplayName("HC-20 cancelled at once")
  void cancelledAtOnce() throws Exception {
    try (var server = RawServer.start(RawSocket::readToEnd)) {
      for (int i = 0; i < 20; i++) client.connectAsync(server.address()).cancel(true);
    }
  }

  @Test
  @DisplayName("HC-20 an interrupt ends the attempt")
  void anInterruptEndsTheAttempt() throws Exception {
    var asked = new CountDownLatch(1);
    var outcome = new CompletableFuture<Throwable>();
    try (var server =
        RawServer.start(peer -> {
          peer.readHead();
          asked.countDown();
          assertThat(peer.readToEnd()).isEmpty();
        })) {
      Thread connecting =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  client.connect(server.address());
                } catch (WebSocketException expected) {
                  events.add("interrupted " + Thread.currentThread().isInterrupted());
                  outcome.complete(expected);
                }
              });
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      connecting.interrupt();

      assertThat(outcome.get(10, TimeUnit.SECONDS))
          .hasMessage("interrupted while waiting to connect");
      assertThat(events.next()).isEqualTo("interrupted true");
    }
  }

  @Test
  void aConnectionThatOpensTooLateIsEnded() throws Exception {
    var asked = new CountDownLatch(1);
    var givenUp = new CountDownLatch(1);
    try (var server =
        RawServer.start(peer -> {
          String request = peer.readHead();
          asked.countDown();
          assertThat(givenUp.await(10, TimeUnit.SECONDS)).isTrue();
          peer.send(RawServer.opening(request, HELLO));
          assertThat(peer.readToEnd()).isEmpty();
        })) {
      CompletableFuture<WebSocket> attempt = client.connectAsync(server.address());
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      attempt.completeExceptionally(new CancellationException("too late"));
      givenUp.countDown();
    }
  }

  @Test
  void closingTheClientEndsAttemptsAndConnections() throws Exception {
    var asked = new CountDownLatch(1);
    try (var log = LogCapture.start()) {
      try (var open = RawServer.opening(RawSocket::readToEnd);
          var silent =
              RawServer.start(peer -> {
                peer.readHead();
                asked.countDown();
                peer.readToEnd();
              })) {
        client.connect(open.address(), events::watch);
        CompletableFuture<WebSocket> attempt = client.connectAsync(silent.address());
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

        client.close();

        assertThat(events.toClose()).containsExactly("open", "close 1006");
        assertThat(attempt)
            .failsWithin(Duration.ofSeconds(10))
            .withThrowableThat()
            .withCauseInstanceOf(WebSocketException.class);
      }
      assertThat(log.text()).isEmpty();
    }
  }

  @Test
  void closingTheClientEndsConnectionsOfWhichNothingWasReceivedYet() throws Exception {
    try (var server =
        RawServer.opening(peer -> {
          peer.send(HELLO);
          events.add("sent");
          peer.readToEnd();
        })) {
      WebSocket ws = client.connect(server.address());
      assertThat(events.next()).isEqualTo("sent");

      client.close();

      assertThat(ws.receive()).isNull();
      assertThat(ws.closed().code()).isEqualTo(1006);
    }
  }

  @Test
  void aClosedClientOpensNothing() {
    client.close();
    client.close();

    assertThatThrownBy(() -> client.connect("ws://127.0.0.1:1"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the client is closed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x\r\nHost: y", "x\ny", "x\ry", "x\0y"})
  @DisplayName("HC-15 no header can be smuggled in")
  void noHeaderCanBeSmuggledIn(String value) {
    WebSocketClientBuilder builder = builder();

    assertThatThrownBy(() -> builder.header("X", value))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.header(value, "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.header("a b", "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Sec-WebSocket-Key", "upgrade", "Connection", "Host", "Content-Length"})
  @DisplayName("HC-16 the handshakes own headers cannot be replaced")
  void theHandshakesOwnHeadersCannotBeReplaced(String name) {
    WebSocketClientBuilder builder = builder().header(name, "mine");

    assertThatThrownBy(() -> builder.build().close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ada:secret@127.0.0.1:%d/", "127.0.0.1:%d/\r\nX: y", "127.0.0.1:%d/#x", "/%d"})
  @DisplayName("HC-17 nothing is sent to a malformed address")
  void nothingIsSentToAMalformedAddress(String rest) throws Exception {
    try (var server = RawServer.start(peer -> events.add("connected"))) {
      String address = "ws://" + rest.formatted(server.port());

      assertThatThrownBy(() -> client.connect(address))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("secret");
    }
    assertThat(events.rest()).isEmpty();
  }

  @Test
  void theUsersHeadersAreSent() throws Exception {
    try (var authorized = builder().header("Authorization", "Bearer x").build();
        var server =
            RawServer.start(peer -> {
              events.add(peer.readHead());
              peer.send("HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n");
            })) {
      assertThatThrownBy(() -> authorized.connect(server.address() + "/a?b=c"));

      assertThat(events.next())
          .startsWith("GET /a?b=c HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\n")
          .contains("\r\nAuthorization: Bearer x\r\n")
          .endsWith("\r\n\r\n");
    }
  }

  private WebSocketClientBuilder builder() {
    return WebSocketClient.builder().transport(transport).tls(TlsOptions.CLIENT.insecure());
  }

  private static int closedPort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
