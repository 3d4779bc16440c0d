package dev.priz.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.Decision;
import dev.priz.TlsOptions;
import dev.priz.WebSocket;
import dev.priz.WebSocketClient;
import dev.priz.WebSocketException;
import dev.priz.WebSocketServer;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Server and client over TLS, with each provider on each side. */
final class TlsTest extends TlsFixture {
  private final Events events = new Events();

  @ParameterizedTest
  @MethodSource("dev.priz.wire.Certificates#providers")
  void messagesOfAnySizeAndTheCloseGoBothWays(TlsOptions.Provider other) throws Exception {
    try (var server = start(localhost.pem());
        var client = WebSocketClient.builder().tls(trusting().provider(other)).build()) {
      WebSocket ws = client.connect(address(server, "localhost"));
      ws.send("hello");
      ws.send(Wire.bytes(1_000_000));

      assertThat(ws.isSecure()).isTrue();
      assertThat(ws.receive().text()).isEqualTo("hello");
      assertThat(ws.receive().data()).isEqualTo(Wire.bytes(1_000_000));
      ws.close(4000, "bye");
      assertThat(ws.closed().isClean()).isTrue();
      assertThat(events.toClose()).endsWith("close 4000");
    }
  }

  @Test
  void aHostIsVerifiedByItsAddressToo() throws Exception {
    try (var server = start(localhost.pem());
        var client = client(trusting());
        var ws = client.connect(address(server, "127.0.0.1"))) {
      ws.send("hello");

      assertThat(ws.receive().text()).isEqualTo("hello");
    }
  }

  @Test
  void pkcs12StoresWork() throws Exception {
    Path store = localhost.pkcs12(certificates.file("server.p12"));
    TlsOptions fromStore = TlsOptions.pkcs12(store, Certificates.PASSWORD);
    try (var server = start(fromStore);
        var client = client(fromStore.trust(certificates.authorityFile()));
        var ws = client.connect(address(server, "localhost"))) {
      ws.send("hello");

      assertThat(ws.receive().text()).isEqualTo("hello");
    }
  }

  @Test
  void mutualTlsLetsInClientsWithATrustedCertificate() throws Exception {
    try (var server = startMutual();
        var client = client(certificates.signed("client", c -> c).pem().trust(authority()));
        var ws = client.connect(address(server, "localhost"))) {
      ws.send("hello");

      assertThat(ws.receive().text()).isEqualTo("hello");
    }
  }

  @Test
  void mutualTlsKeepsOutClientsWithoutACertificate() throws Exception {
    try (var server = startMutual();
        var client = client(trusting())) {
      assertThatThrownBy(() -> client.connect(address(server, "localhost")))
          .isInstanceOf(WebSocketException.class)
          .message()
          .matches("cannot connect to wss://localhost:\\d+/: .*(certificate.required|reset)");
      assertThat(events.rest()).isEmpty();
    }
  }

  @Test
  void mutualTlsKeepsOutClientsWithAStrangersCertificate() throws Exception {
    try (var server = startMutual();
        var client = client(certificates.signedByStranger().pem().trust(authority()))) {
      assertThatThrownBy(() -> client.connect(address(server, "localhost")))
          .isInstanceOf(WebSocketException.class);
      assertThat(events.rest()).isEmpty();
    }
  }

  @Test
  void insecureTrustsAnyoneUnderAnyName() throws Exception {
    try (var server = start(certificates.expired().pem());
        var client = client(TlsOptions.CLIENT.insecure());
        var ws = client.connect(address(server, "127.0.0.1"))) {
      ws.send("hello");

      assertThat(ws.receive().text()).isEqualTo("hello");
    }
  }

  @Test
  @DisplayName("TL-10 without trust nobody is trusted")
  void withoutTrustNobodyIsTrusted() throws Exception {
    try (var server = start(localhost.pem());
        var client = client(TlsOptions.CLIENT)) {
      assertThatThrownBy(() -> client.connect(address(server, "localhost")))
          .isInstanceOf(WebSocketException.class)
          .hasMessageContaining("TLS handshake failed: PKIX path building failed");
      assertThat(events.rest()).isEmpty();
    }
  }

  private WebSocketServer start(TlsOptions tls) {
    return WebSocketServer.at("127.0.0.1:0")
        .tls(tls.provider(provider))
        .handshake(handshake -> {
          events.add("request");
          return Decision.accept();
        })
        .callbacks(
            "/",
            ws ->
                ws.onText(ws::send)
                    .onBinary(ws::send)
                    .onClose(closed -> events.add("close " + closed.code())))
        .start();
  }

  private WebSocketServer startMutual() {
    return start(localhost.pem().trust(authority()).requireClientCertificate());
  }

  private WebSocketClient client(TlsOptions tls) {
    return WebSocketClient.builder().tls(tls.provider(provider)).build();
  }

  private static TlsOptions trusting() {
    return TlsOptions.CLIENT.trust(authority());
  }

  private static Path authority() {
    return certificates.authorityFile();
  }

  private static String address(WebSocketServer server, String host) {
    return "wss://" + host + ":" + server.port() + "/";
  }
}
