package dev.priz.wire;

import static dev.priz.wire.Wire.ascii;
import static dev.priz.wire.Wire.request;
import static dev.priz.wire.Wire.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.ConnectionObserver;
import dev.priz.RefusalRecord;
import dev.priz.ServerLimits;
import dev.priz.Transport;
import dev.priz.TrustedProxies;
import dev.priz.WebSocket;
import dev.priz.WebSocketServer;
import dev.priz.WebSocketServerBuilder;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits for all connections of a server together, and for those of one address. */
class ServerLimitsTest {
  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
  private final BlockingQueue<RefusalRecord> refused = new LinkedBlockingQueue<>();
  private final Deque<RawSocket> kept = new ArrayDeque<>();
  private WebSocketServer server;

  @AfterEach
  void stop() throws Exception {
    for (RawSocket peer : kept) peer.close();
    if (server != null) server.close();
  }

  @Test
  void answersWith503BeyondTheConnectionsThatThereMayBe() throws Exception {
    start(builder -> builder.limits(ServerLimits.DEFAULT.maxConnections(2)));
    keepOpen(2);

    assertThat(answer(request("/")))
        .startsWith("HTTP/1.1 503 ")
        .contains("all the connections that it may have");
    assertThat(next(refused).status()).isEqualTo(503);

    kept.removeLast().close();

    assertThat(openedAgain()).startsWith("HTTP/1.1 101 ");
  }

  @Test
  void endsAtOnceWhatIsFarBeyond() throws Exception {
    start(builder -> builder.threads(1).limits(ServerLimits.DEFAULT.maxConnections(1)));
    for (int i = 0; i < 17; i++) kept.add(RawSocket.to(server.port()));

    assertThat(answer(new byte[0])).isEmpty();
  }

  @Test
  void answersWith429BeyondTheConnectionsOfAnAddress() throws Exception {
    start(builder -> builder.limits(ServerLimits.DEFAULT.maxConnectionsPerAddress(2)));
    keepOpen(2);

    assertThat(answer(request("/")))
        .startsWith("HTTP/1.1 429 ")
        .contains("too many connections from this address");

    kept.removeLast().close();

    assertThat(openedAgain()).startsWith("HTTP/1.1 101 ");
  }

  @Test
  void answersWith429ToWhoComesTooFast() throws Exception {
    start(builder -> builder.limits(ServerLimits.DEFAULT.handshakesPerAddress(1, 2)));
    for (int i = 0; i < 2; i++) RawSocket.open(server, "/").close();

    try (var third = RawSocket.to(server.port())) {
      assertThat(third.send(request("/")).readTextToEnd())
          .startsWith("HTTP/1.1 429 ")
          .contains("too many new connections from this address");
    }
    assertThat(openedAgain()).startsWith("HTTP/1.1 101 ");
  }

  @ParameterizedTest
  @MethodSource("dev.priz.wire.Transports#working")
  @DisplayName("RS-14 shuts the door on who goes on asking, and says so to its observer")
  void answersAHundredTimesASecond(Transport transport) throws Exception {
    start(builder ->
        builder.transport(transport).limits(ServerLimits.DEFAULT.maxConnectionsPerAddress(1)));
    keepOpen(1);
    int answered = 0;
    for (int i = 0; i < 300; i++) {
      try (var peer = RawSocket.to(server.port())) {
        if (!peer.sendUntilRefused(request("/"), 1) && peer.readToEnd().length > 0) answered++;
      } catch (SocketException reset) {
        // Before connect has returned.
        assertThat(reset).hasMessageContaining("reset");
      }
    }

    // A hundred, and those that are earned meanwhile.
    assertThat(answered).isBetween(100, 299);
    for (int i = 0; i < 290; i++) {
      assertThat(next(refused).status()).isEqualTo(429);
    }
  }

  @Test
  void countsTheClientsBehindATrustedProxy() throws Exception {
    start(builder ->
        builder
            .limits(ServerLimits.DEFAULT.maxConnectionsPerAddress(1))
            .behindProxies(TrustedProxies.xForwardedFor("127.0.0.1")));
    try (var first = RawSocket.to(server.port());
        var second = RawSocket.to(server.port());
        var other = RawSocket.to(server.port())) {
      assertThat(first.send(from("192.0.2.1")).readHead()).startsWith("HTTP/1.1 101 ");
      assertThat(next(seen)).isEqualTo("/192.0.2.1:0 secure");
      assertThat(second.send(from("192.0.2.1")).readTextToEnd()).startsWith("HTTP/1.1 429 ");
      assertThat(next(refused).peer()).hasToString("/192.0.2.1:0");
      assertThat(other.send(from("192.0.2.2")).readHead()).startsWith("HTTP/1.1 101 ");
    }
  }

  @Test
  void believesNobodyElse() throws Exception {
    start(builder -> builder.behindProxies(TrustedProxies.xForwardedFor("192.0.2.0/24")));
    try (var liar = RawSocket.to(server.port())) {
      assertThat(liar.send(from("192.0.2.1")).readHead()).startsWith("HTTP/1.1 101 ");
      assertThat(next(seen)).isEqualTo("/127.0.0.1:" + liar.port() + " plain");
    }
  }

  @Test
  void comparesSchemesWhereAProxyTellsThem() throws Exception {
    start(builder -> builder.behindProxies(TrustedProxies.forwarded("127.0.0.1")));
    String fields = "Origin: http://127.0.0.1\r\nForwarded: for=192.0.2.1;proto=https\r\n";
    try (var peer = RawSocket.to(server.port())) {
      assertThat(peer.send(request("/", fields)).readTextToEnd()).startsWith("HTTP/1.1 403 ");
    }
  }

  @Test
  void readsTheProxyProtocol() throws Exception {
    start(builder -> builder.behindProxies(TrustedProxies.proxyProtocol("127.0.0.1")));
    try (var one = RawSocket.to(server.port());
        var two = RawSocket.to(server.port());
        var check = RawSocket.to(server.port())) {
      one.send("PROXY TCP4 192.0.2.1 192.0.2.9 4711 80\r\n").send(request("/"));
      assertThat(one.readHead()).startsWith("HTTP/1.1 101 ");
      assertThat(next(seen)).isEqualTo("/192.0.2.1:4711 plain");

      two.send(wire("0d0a0d0a000d0a515549540a 21 11 000c c0000202 c0000209 1267 0050"));
      two.send(request("/"));
      assertThat(two.readHead()).startsWith("HTTP/1.1 101 ");
      assertThat(next(seen)).isEqualTo("/192.0.2.2:4711 plain");

      check.send(wire("0d0a0d0a000d0a515549540a 20 00 0000")).send(request("/"));
      assertThat(check.readHead()).startsWith("HTTP/1.1 101 ");
      assertThat(next(seen)).isEqualTo("/127.0.0.1:" + check.port() + " plain");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"GET / HTTP/1.1\r\n", "PROXY TCP4 192.0.2.1\r\n", "PROXY TCP9 a b c d\r\n"})
  void endsATrustedProxyThatDoesNotTellWhoComes(String start) throws Exception {
    start(builder -> builder.behindProxies(TrustedProxies.proxyProtocol("127.0.0.1")));
    try (var peer = RawSocket.to(server.port())) {
      peer.sendUntilRefused(ascii(start), 100);

      assertThat(peer.readToEnd()).isEmpty();
    }
  }

  @Test
  void takesTheProxyProtocolFromNobodyElse() throws Exception {
    start(builder -> builder.behindProxies(TrustedProxies.proxyProtocol("192.0.2.0/24")));
    try (var liar = RawSocket.to(server.port())) {
      liar.send("PROXY TCP4 192.0.2.1 192.0.2.9 4711 80\r\n").send(request("/"));

      assertThat(liar.readTextToEnd()).startsWith("HTTP/1.1 ").doesNotContain("HTTP/1.1 101 ");
    }
  }

  @Test
  @DisplayName("RS-14 turns away 10,000 quick handshakes of one address, and lets in another")
  void turnsAwayAFlood() throws Exception {
    start(builder ->
        builder
            .limits(ServerLimits.DEFAULT.handshakesPerAddress(10, 20))
            .behindProxies(TrustedProxies.xForwardedFor("127.0.0.1")));
    int opened = 0;
    for (int i = 0; i < 10_000; i++) {
      try (var peer = RawSocket.to(server.port())) {
        if (peer.send(from("192.0.2.1")).readHead().startsWith("HTTP/1.1 101 ")) opened++;
        peer.reset();
      }
    }
    try (var other = RawSocket.to(server.port())) {
      assertThat(other.send(from("192.0.2.2")).readHead()).startsWith("HTTP/1.1 101 ");
    }

    // Ten a second, and the burst; the flood took a minute at most.
    assertThat(opened).isBetween(20, 620);
  }

  @Test
  void refusesWhatIsNoLimit() {
    assertThatThrownBy(() -> ServerLimits.DEFAULT.maxConnectionsPerAddress(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxConnectionsPerAddress is 0, the least is 1");
  }

  private static byte[] from(String address) {
    String fields = "X-Forwarded-For: 6.6.6.6, " + address + "\r\nX-Forwarded-Proto: https\r\n";
    return request("/", fields);
  }

  private void start(UnaryOperator<WebSocketServerBuilder> settings) {
    ConnectionObserver observer =
        new ConnectionObserver() {
          @Override
          public void opened(WebSocket ws) {
            seen.add(ws.remoteAddress() + (ws.isSecure() ? " secure" : " plain"));
          }

          @Override
          public void refused(RefusalRecord record) {
            refused.add(record);
          }
        };
    var builder = WebSocketServer.at("127.0.0.1:0").observe(observer);
    server = settings.apply(builder.callbacks("/", ws -> ws.onText(ws::send))).start();
  }

  private void keepOpen(int connections) throws Exception {
    for (int i = 0; i < connections; i++) kept.add(RawSocket.open(server, "/"));
  }

  private String answer(byte[] request) throws Exception {
    try (var peer = RawSocket.to(server.port())) {
      peer.sendUntilRefused(request, 1);
      return peer.readTextToEnd();
    }
  }

  // What has just ended may still count for a moment.
  private String openedAgain() throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (true) {
      try (var peer = RawSocket.to(server.port())) {
        String head = peer.send(request("/")).readHead();
        if (head.startsWith("HTTP/1.1 101 ") || System.nanoTime() - deadline > 0) return head;
      } catch (SocketException shut) {
        // Who asks more than a hundred times a second gets no answer.
      }
    }
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(10, TimeUnit.SECONDS);
    assertThat(next).as("something within 10 s").isNotNull();
    return next;
  }
}
