package dev.priz.wire;

import static dev.priz.wire.Wire.ACCEPT;
import static dev.priz.wire.Wire.CLOSE;
import static dev.priz.wire.Wire.HELLO;
import static dev.priz.wire.Wire.MASKED_CLOSE;
import static dev.priz.wire.Wire.MASKED_HELLO;
import static dev.priz.wire.Wire.join;
import static dev.priz.wire.Wire.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.TlsOptions;
import dev.priz.TrustedProxies;
import dev.priz.WebSocketClient;
import dev.priz.WebSocketException;
import dev.priz.WebSocketServer;
import dev.priz.protocol.Timeouts;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;

/** TLS as a peer in bytes sees it: what is not TLS, what is cut off, what is early. */
final class TlsWireTest extends TlsFixture {
  private static final byte[] CLIENT_HELLO_START = Wire.wire("16 03 01 00 f4 01 00 00 f0 03 03 20");

  private final Events events = new Events();

  @Test
  void hs33FramesInTheRecordOfTheRequestArrive() throws Exception {
    byte[] stream = join(request("/"), MASKED_HELLO, Wire.maskedText("again"));
    try (var server = start()) {
      for (int split = 1; split < stream.length; split += 7) {
        try (var peer = new RawSocket(handshake(server, "TLSv1.3"))) {
          peer.send(Arrays.copyOf(stream, split));
          peer.send(Arrays.copyOfRange(stream, split, stream.length));

          assertThat(peer.readHead()).as("split at %d", split).contains(ACCEPT);
          assertThat(peer.read(14)).isEqualTo(join(HELLO, Wire.text("again")));
        }
      }
    }
  }

  @Test
  void theCloseIsFollowedByTheEndOfTls() throws Exception {
    try (var server = start();
        var peer = new RawSocket(handshake(server, "TLSv1.2"))) {
      peer.send(request("/"), MASKED_CLOSE);

      assertThat(peer.readHead()).contains(ACCEPT);
      // Without the alert that ends TLS, reading would fail as if by an attack.
      assertThat(peer.readToEnd()).isEqualTo(CLOSE);
      assertThat(peer.wasReset()).isFalse();
    }
    assertThat(events.toClose()).containsExactly("open", "close 1000");
  }

  @Test
  void tl11TheEndOfTcpWithoutTheEndOfTlsIsNoClose() throws Exception {
    try (var log = LogCapture.start()) {
      try (var server = start();
          var tcp = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        var peer = new RawSocket(handshake(tcp, "TLSv1.3"));
        peer.send(request("/"), MASKED_HELLO);
        assertThat(peer.readHead()).contains(ACCEPT);
        assertThat(peer.read(7)).isEqualTo(HELLO);
        Ending.FIN.end(new RawSocket(tcp));

        assertThat(events.toClose()).endsWith("text Hello", "close 1006");
      }
      assertThat(log.text()).isEmpty();
    }
  }

  @Test
  void aResetInsideTlsIsNoNoise() throws Exception {
    try (var log = LogCapture.start()) {
      try (var server = start();
          var tcp = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        var peer = new RawSocket(handshake(tcp, "TLSv1.3"));
        peer.send(request("/"), MASKED_HELLO);
        assertThat(peer.readHead()).contains(ACCEPT);
        assertThat(peer.read(7)).isEqualTo(HELLO);
        Ending.RST.end(new RawSocket(tcp));

        assertThat(events.toClose()).endsWith("close 1006");
      }
      assertThat(log.text()).isEmpty();
    }
  }

  @Test
  void tl08PlainHttpOnTheTlsPortIsCutOff() throws Exception {
    long startNanos = System.nanoTime();
    try (var log = LogCapture.start()) {
      try (var server = start();
          var peer = RawSocket.to(server.port())) {
        peer.send(request("/"));

        peer.readToEnd();
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(SOON);
      }
      assertThat(events.rest()).isEmpty();
      assertThat(log.text()).isEmpty();
    }
  }

  private static final Duration SOON = Duration.ofSeconds(5);

  @Test
  void tl08TlsOnThePlainPortIsCutOff() throws Exception {
    long startNanos = System.nanoTime();
    try (var log = LogCapture.start()) {
      try (var server = WebSocketServer.listen("127.0.0.1:0");
          var peer = RawSocket.to(server.port())) {
        peer.send(CLIENT_HELLO_START);

        assertThat(peer.readTextToEnd()).startsWith("HTTP/1.1 400 ");
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(SOON);
      }
      assertThat(log.text()).isEmpty();
    }
  }

  @Test
  void tl08ATlsClientOfAPlainServerIsTold() {
    try (var server = WebSocketServer.listen("127.0.0.1:0");
        var client = client()) {
      assertThatThrownBy(() -> client.connect("wss://localhost:" + server.port()))
          .isInstanceOf(WebSocketException.class)
          .hasMessageContaining("not an SSL/TLS record");
    }
  }

  @Test
  void tl08APlainClientOfATlsServerIsTold() {
    try (var server = start();
        var client = client()) {
      assertThatThrownBy(() -> client.connect("ws://localhost:" + server.port()))
          .isInstanceOf(WebSocketException.class)
          .message()
          .matches("cannot connect to ws://localhost:\\d+/: (the server('s| closed)|conn).*");
    }
  }

  @Test
  void readsTheProxyProtocolInFrontOfTls() throws Exception {
    try (var server =
            WebSocketServer.at("127.0.0.1:0")
                .tls(localhost.pem().provider(provider))
                .behindProxies(TrustedProxies.proxyProtocol("127.0.0.1"))
                .callbacks(
                    "/",
                    ws -> events.add(ws.remoteAddress() + (ws.isSecure() ? " secure" : " plain")))
                .start();
        var tcp = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      tcp.getOutputStream().write(Wire.ascii("PROXY TCP4 192.0.2.1 192.0.2.9 4711 80\r\n"));
      var peer = new RawSocket(handshake(tcp, "TLSv1.3"));
      peer.send(request("/"));

      assertThat(peer.readHead()).contains(ACCEPT);
      assertThat(events.next()).isEqualTo("/192.0.2.1:4711 secure");
    }
  }

  @Test
  void tl09RenegotiationIsRefused() throws Exception {
    try (var server = start();
        var socket = handshake(server, "TLSv1.2")) {
      var peer = new RawSocket(socket);
      peer.send(request("/"));
      assertThat(peer.readHead()).contains(ACCEPT);

      socket.startHandshake();
      peer.sendUntilRefused(MASKED_HELLO, 1);

      assertThat(peer.readToEnd()).isEmpty();
      assertThat(events.toClose()).doesNotContain("text Hello").endsWith("close 1006");
    }
  }

  @Test
  void tl12AStalledTlsHandshakeIsCutOff() throws Exception {
    Timeouts timeouts = Timeouts.DEFAULT.handshake(Duration.ofMillis(300));
    try (var log = LogCapture.start()) {
      try (var server =
              WebSocketServer.at("127.0.0.1:0")
                  .timeouts(timeouts)
                  .tls(localhost.pem().provider(provider))
                  .start();
          var peer = RawSocket.to(server.port())) {
        peer.send(CLIENT_HELLO_START);

        peer.readToEnd();
      }
      assertThat(log.text()).isEmpty();
    }
  }

  @Test
  void tl12AServerThatStallsTlsIsGivenUp() throws Exception {
    Timeouts timeouts = Timeouts.DEFAULT.handshake(Duration.ofMillis(300));
    try (var server = RawServer.start(RawSocket::readToEnd);
        var client = WebSocketClient.builder().tls(tls()).timeouts(timeouts).build()) {
      String address = server.address().replace("ws:", "wss:");

      assertThatThrownBy(() -> client.connect(address))
          .isInstanceOf(WebSocketException.class)
          .hasMessage(
              "cannot connect to "
                  + address
                  + "/: the server did not answer the handshake within PT0.3S");
    }
  }

  private WebSocketServer start() {
    return WebSocketServer.at("127.0.0.1:0")
        .tls(localhost.pem().provider(provider))
        .callbacks(
            "/",
            ws -> {
              events.watch(ws);
              ws.onText(text -> {
                events.add("text " + text);
                ws.send(text);
              });
            })
        .start();
  }

  private TlsOptions tls() {
    return TlsOptions.CLIENT.trust(certificates.authorityFile()).provider(provider);
  }

  private WebSocketClient client() {
    return WebSocketClient.builder().tls(tls()).build();
  }

  private static SSLSocket handshake(WebSocketServer server, String version) throws Exception {
    return handshake(new Socket(InetAddress.getLoopbackAddress(), server.port()), version);
  }

  private static SSLSocket handshake(Socket tcp, String version) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    var trust = new TrustManager[] {localhost.bundle().toTrustManager()};
    context.init(null, trust, null);
    var socket =
        (SSLSocket) context.getSocketFactory().createSocket(tcp, "localhost", tcp.getPort(), true);
    socket.setEnabledProtocols(new String[] {version});
    socket.startHandshake();
    return socket;
  }
}
