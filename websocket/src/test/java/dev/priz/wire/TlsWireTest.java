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
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** TLS as a peer in bytes sees it: what is not TLS, what is cut off, what is early. */
final class TlsWireTest extends TlsFixture {
  private static final byte[] CLIENT_HELLO_START = Wire.wire("16 03 01 00 f4 01 00 00 f0 03 03 20");

  // The row's own measure.
  private static final Duration SOON = Duration.ofSeconds(1);

  private final Events events = new Events();

  @Test
  @DisplayName("HS-33 frames in the record of the request arrive")
  void framesInTheRecordOfTheRequestArrive() throws Exception {
    byte[] stream = join(request("/"), MASKED_HELLO, Wire.maskedText("again"));
    try (var server = start()) {
      for (int split = 1; split < stream.length; split += 7) {
        try (var peer = new RawSocket(Handshakes.open(server, null, "TLSv1.3"))) {
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
        var peer = new RawSocket(Handshakes.open(server, null, "TLSv1.2"))) {
      peer.send(request("/"), MASKED_CLOSE);

      assertThat(peer.readHead()).contains(ACCEPT);
      // Without the alert that ends TLS, reading would fail as if by an attack.
      assertThat(peer.readToEnd()).isEqualTo(CLOSE);
      assertThat(peer.wasReset()).isFalse();
    }
    assertThat(events.toClose()).containsExactly("open", "close 1000");
  }

  @Test
  @DisplayName("TL-11 the end of TCP without the end of TLS is no close")
  void theEndOfTcpWithoutTheEndOfTlsIsNoClose() throws Exception {
    try (var log = LogCapture.start()) {
      try (var server = start();
          var tcp = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        var peer = new RawSocket(Handshakes.over(tcp, null, "TLSv1.3"));
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
  @DisplayName("TL-11 the end of TCP without the end of TLS is no close of a server's either")
  void theEndOfAServersTcpWithoutTheEndOfTlsIsNoClose() throws Exception {
    try (var log = LogCapture.start()) {
      try (var server = TlsServer.start(localhost, "TLSv1.3", TlsWireTest::greetAndCut);
          var client = client()) {
        client.connect("wss://127.0.0.1:" + server.port(), events::watch);

        assertThat(events.toClose()).startsWith("open", "text Hello").endsWith("close 1006");
      }
      assertThat(log.text()).isEmpty();
    }
  }

  private static void greetAndCut(SSLSocket tls, Socket tcp) throws Exception {
    var peer = new RawSocket(tls);
    peer.send(RawServer.opening(peer.readHead()), HELLO);
    Ending.FIN.end(new RawSocket(tcp));
  }

  @Test
  @DisplayName("TL-01 a reset inside TLS is no noise")
  void aResetInsideTlsIsNoNoise() throws Exception {
    try (var log = LogCapture.start()) {
      try (var server = start();
          var tcp = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        var peer = new RawSocket(Handshakes.over(tcp, null, "TLSv1.3"));
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
  @DisplayName("TL-08 plain HTTP on the TLS port is cut off")
  void plainHttpOnTheTlsPortIsCutOff() throws Exception {
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

  @Test
  @DisplayName("TL-08 TLS on the plain port is cut off")
  void tlsOnThePlainPortIsCutOff() throws Exception {
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
  @DisplayName("TL-08 a TLS client of a plain server is told")
  void aTlsClientOfAPlainServerIsTold() {
    try (var server = WebSocketServer.listen("127.0.0.1:0");
        var client = client()) {
      assertThatThrownBy(() -> client.connect("wss://localhost:" + server.port()))
          .isInstanceOf(WebSocketException.class)
          .hasMessageContaining("not an SSL/TLS record");
    }
  }

  @Test
  @DisplayName("TL-08 a plain client of a TLS server is told")
  void aPlainClientOfATlsServerIsTold() {
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
      var peer = new RawSocket(Handshakes.over(tcp, null, "TLSv1.3"));
      peer.send(request("/"));

      assertThat(peer.readHead()).contains(ACCEPT);
      assertThat(events.next()).isEqualTo("/192.0.2.1:4711 secure");
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
}
