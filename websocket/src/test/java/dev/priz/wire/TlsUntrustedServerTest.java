package dev.priz.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.priz.TlsOptions;
import dev.priz.WebSocketClient;
import dev.priz.WebSocketException;
import dev.priz.WebSocketServer;
import java.net.Socket;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that a client must not believe: it says why, and sends them nothing. */
final class TlsUntrustedServerTest extends TlsFixture {
  interface Flaw {
    Certificates.Identity of(Certificates certificates) throws Exception;
  }

  static Stream<Arguments> flawed() {
    Flaw wrongHost = made -> made.signed("example.com", c -> c);
    Flaw wrongUse = made -> made.signed("localhost", c -> c.addExtendedKeyUsageClientAuth());
    Flaw noAddress = made -> made.signed("localhost", c -> c);
    Flaw otherAddress = made -> made.signed("localhost", c -> c.addSanIpAddress("127.0.0.2"));
    Flaw addressAsName = made -> made.signed("127.0.0.1", c -> c);
    Flaw expired = Certificates::expired;
    Flaw selfSigned = Certificates::selfSigned;
    Flaw stranger = Certificates::signedByStranger;
    return Stream.of(
        arguments("TL-10 wrong host", wrongHost, "localhost", "localhost"),
        arguments("TL-10 wrong extended key usage", wrongUse, "localhost", "usage"),
        arguments("TL-10 expired", expired, "localhost", "NotAfter|expired|validity"),
        arguments("TL-10 self-signed", selfSigned, "localhost", "path|trust"),
        arguments("TL-10 unknown authority", stranger, "localhost", "path|trust"),
        arguments("TL-10 no address for an address", noAddress, "127.0.0.1", "127.0.0.1"),
        arguments("TL-10 another address", otherAddress, "127.0.0.1", "127.0.0.1"),
        arguments("TL-10 an address as a name", addressAsName, "127.0.0.1", "127.0.0.1"));
  }

  @ParameterizedTest(name = "{0}, TLS 1.3")
  @MethodSource("flawed")
  void getNothingOverTls13(String name, Flaw flaw, String host, String reason) throws Exception {
    assertGetsNothing("TLSv1.3", flaw, host, reason);
  }

  @ParameterizedTest(name = "{0}, TLS 1.2")
  @MethodSource("flawed")
  void getNothingOverTls12(String name, Flaw flaw, String host, String reason) throws Exception {
    assertGetsNothing("TLSv1.2", flaw, host, reason);
  }

  @Test
  @DisplayName("TL-10 an SNI mismatch: the certificate of another host than asked for")
  void getNothingWithACertificateForAnotherName() throws Exception {
    Certificates.Identity other = certificates.signed("other.example", c -> c);
    TlsOptions tls = other.pem().forHost("localhost.example", localhost.pem()).provider(provider);
    try (var server = WebSocketServer.at("127.0.0.1:0").tls(tls).callbacks("/", ws -> {}).start();
        var client = client()) {
      assertThatThrownBy(() -> client.connect("wss://localhost:" + server.port()))
          .isInstanceOf(WebSocketException.class)
          .hasMessageContaining("TLS handshake failed: ");
      assertThat(server.connections()).isEmpty();
    }
  }

  private void assertGetsNothing(String version, Flaw flaw, String host, String reason)
      throws Exception {
    try (var log = LogCapture.start()) {
      try (var server =
              TlsServer.start(
                  flaw.of(certificates), version, TlsUntrustedServerTest::assertNothingComes);
          var client = client()) {
        String address = "wss://" + host + ":" + server.port() + "/";
        assertThatThrownBy(() -> client.connect(address))
            .isInstanceOf(WebSocketException.class)
            .message()
            .matches(
                "cannot connect to " + address + ": TLS handshake failed: .*(" + reason + ").*");
      }
      assertThat(log.text()).isEmpty();
    }
  }

  private static void assertNothingComes(SSLSocket tls, Socket tcp) throws Exception {
    assertThat(new RawSocket(tls).readToEnd()).isEmpty();
  }

  private WebSocketClient client() {
    return WebSocketClient.builder()
        .tls(TlsOptions.CLIENT.trust(certificates.authorityFile()).provider(provider))
        .build();
  }
}
