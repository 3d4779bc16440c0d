package dev.priz.wire;

import static dev.priz.wire.Wire.ACCEPT;
import static dev.priz.wire.Wire.HELLO;
import static dev.priz.wire.Wire.MASKED_HELLO;
import static dev.priz.wire.Wire.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.TlsOptions;
import dev.priz.WebSocketClient;
import dev.priz.WebSocketServer;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** TLS 1.2 lets either end ask for another handshake at any time; neither of ours takes part. */
final class TlsRenegotiationTest extends TlsFixture {
  private final Events events = new Events();

  @Test
  @DisplayName("TL-09 a client's request to renegotiate is refused")
  void aClientsRequestIsRefused() throws Exception {
    try (var server = start();
        SSLSocket socket = Handshakes.open(server, null, "TLSv1.2")) {
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
  @DisplayName("TL-09 a client's request to renegotiate before the handshake is refused")
  void aClientsRequestBeforeTheHandshakeIsRefused() throws Exception {
    try (var server = start();
        SSLSocket socket = Handshakes.open(server, null, "TLSv1.2")) {
      var peer = new RawSocket(socket);

      socket.startHandshake();
      peer.sendUntilRefused(request("/"), 1);

      assertThat(peer.readToEnd()).isEmpty();
      assertThat(events.rest()).isEmpty();
    }
  }

  @Test
  @DisplayName("TL-09 a server's request to renegotiate is refused")
  void aServersRequestIsRefused() throws Exception {
    try (var server =
            TlsServer.start(localhost, "TLSv1.2", TlsRenegotiationTest::greetAndRenegotiate);
        var client =
            WebSocketClient.builder()
                .tls(TlsOptions.CLIENT.trust(certificates.authorityFile()).provider(provider))
                .build()) {
      client.connect("wss://127.0.0.1:" + server.port(), events::watch).send("go");

      assertThat(events.toClose()).startsWith("open", "text Hello").endsWith("close 1006");
    }
    assertThat(events.rest()).isEmpty();
  }

  private static void greetAndRenegotiate(SSLSocket tls, Socket tcp) throws Exception {
    var peer = new RawSocket(tls);
    peer.send(RawServer.opening(peer.readHead()), HELLO);
    peer.read(8);
    var again = new AtomicBoolean();
    tls.addHandshakeCompletedListener(done -> again.set(true));

    tls.startHandshake();
    peer.readToEnd();

    assertThat(again).isFalse();
  }

  private WebSocketServer start() {
    return WebSocketServer.at("127.0.0.1:0")
        .tls(localhost.pem().provider(provider))
        .callbacks("/", events::watch)
        .start();
  }
}
