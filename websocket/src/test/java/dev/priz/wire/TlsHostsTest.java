package dev.priz.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.TlsOptions;
import dev.priz.WebSocketClient;
import dev.priz.WebSocketServer;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server with several certificates: each client gets that of the host it asks for. */
final class TlsHostsTest extends TlsFixture {
  @ParameterizedTest
  @CsvSource({
    "example.com, example.com",
    "EXAMPLE.com, example.com",
    "www.example.com, wildcard",
    "api.example.com, api.example.com",
    "a.b.example.com, localhost",
    "xample.com, localhost",
    "com, localhost",
    "xn--bcher-kva.example, xn--bcher-kva.example",
    "other.org, localhost",
    ", localhost"
  })
  void chooseTheCertificateByTheNameInTheClientHello(String asked, String shown) throws Exception {
    try (var server = start(options())) {
      assertThat(Handshakes.shown(server, asked)).hasToString("CN=" + shown);
    }
  }

  @Test
  void serveClientsUnderEachName() throws Exception {
    var wildcard = certificates.signed("wildcard", c -> c);
    try (var server = start(localhost.pem().forHost("*.localhost", wildcard.pem()));
        var client = client()) {
      for (String host : new String[] {"a.localhost", "localhost"}) {
        // The JDK knows no names below localhost on every system, so the socket goes to the
        // address.
        try (var peer = new RawSocket(Handshakes.open(server, host, "TLSv1.3"))) {
          peer.send(Wire.request("/"), Wire.MASKED_HELLO);
          assertThat(peer.readHead()).contains(Wire.ACCEPT);
          assertThat(peer.read(7)).isEqualTo(Wire.HELLO);
        }
      }
      try (var ws = client.connect("wss://localhost:" + server.port())) {
        ws.send("hello");
        assertThat(ws.receive().text()).isEqualTo("hello");
      }
    }
  }

  @Test
  void eachIsReplacedOnItsOwn() throws Exception {
    var host = certificates.signed("first", c -> c);
    try (var server = start(localhost.pem().forHost("example.com", host.pem()))) {
      var next = certificates.signed("second", c -> c);
      Files.copy(next.chain(), host.chain(), StandardCopyOption.REPLACE_EXISTING);
      Files.copy(next.key(), host.key(), StandardCopyOption.REPLACE_EXISTING);

      assertThat(server.reloadTls()).isTrue();

      assertThat(Handshakes.shown(server, "example.com")).hasToString("CN=second");
      assertThat(Handshakes.shown(server, "other.org")).hasToString("CN=localhost");
    }
  }

  @Test
  void aFlawedOneIsNamedAtTheStart() throws Exception {
    var other = certificates.signed("example.com", c -> c);
    TlsOptions mismatched = TlsOptions.pem(other.chain(), localhost.key());

    assertThatThrownBy(() -> start(localhost.pem().forHost("example.com", mismatched)).close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the key in "
                + localhost.key()
                + " is not that of the certificate in "
                + other.chain());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "*", "*.", "*.*.example.com", "a.*.com", "ex ample.com", "example.com:443"})
  void refuseWhatIsNoHost(String host) {
    TlsOptions own = localhost.pem();

    assertThatThrownBy(() -> own.forHost(host, own)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refuseAHostWithoutACertificate() {
    TlsOptions own = localhost.pem();

    assertThatThrownBy(() -> own.forHost("example.com", TlsOptions.CLIENT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no certificate for example.com");
  }

  private TlsOptions options() throws Exception {
    return localhost
        .pem()
        .forHost("*.example.com", certificates.signed("wildcard", c -> c).pem())
        .forHost("Example.com", certificates.signed("example.com", c -> c).pem())
        .forHost("api.example.com", certificates.signed("api.example.com", c -> c).pem())
        .forHost("bücher.example", certificates.signed("xn--bcher-kva.example", c -> c).pem());
  }

  private WebSocketServer start(TlsOptions tls) {
    return WebSocketServer.at("127.0.0.1:0")
        .tls(tls.provider(provider))
        .callbacks("/", ws -> ws.onText(ws::send))
        .start();
  }

  private WebSocketClient client() {
    return WebSocketClient.builder()
        .tls(TlsOptions.CLIENT.trust(certificates.authorityFile()).provider(provider))
        .build();
  }
}
