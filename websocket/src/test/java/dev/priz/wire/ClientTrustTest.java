package dev.priz.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.priz.ProxyOptions;
import dev.priz.TlsOptions;
import dev.priz.WebSocketClient;
import dev.priz.WebSocketClientBuilder;
import dev.priz.WebSocketException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.StandardConstants;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which servers our client trusts, and that it tells the others nothing. */
final class ClientTrustTest extends TlsFixture {
  private final Events events = new Events();

  interface Making {
    Certificates.Identity of(Certificates certificates) throws Exception;
  }

  static Stream<Arguments> distrusted() {
    Making otherHost = made -> made.signed("example.com", c -> c);
    Making otherAddress = made -> made.signed("a", c -> c.addSanIpAddress("127.0.0.2"));
    Making noAddress = made -> made.signed("localhost", c -> c);
    Making clientsUse = made -> made.signed("localhost", c -> c.addExtendedKeyUsageClientAuth());
    Making expired = Certificates::expired;
    Making selfSigned = Certificates::selfSigned;
    Making stranger = Certificates::signedByStranger;
    return Stream.of(
        arguments("TL-10 wrong host", otherHost, "localhost"),
        arguments("TL-10 wrong address", otherAddress, "127.0.0.1"),
        arguments("TL-10 a name where an address is asked for", noAddress, "127.0.0.1"),
        arguments("TL-10 wrong use", clientsUse, "localhost"),
        arguments("TL-10 expired", expired, "localhost"),
        arguments("TL-10 self-signed", selfSigned, "localhost"),
        arguments("TL-10 unknown authority", stranger, "localhost"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void distrusted(String name, Making making, String host) throws Exception {
    try (var server = recording(making.of(certificates));
        var client = client()) {
      assertThatThrownBy(() -> client.connect(address(server, host)))
          .isInstanceOf(WebSocketException.class)
          .hasMessageContaining(": TLS handshake failed: ");

      assertThat(events.next()).isEqualTo("read nothing");
    }
  }

  @Test
  @DisplayName("TL-10 an address in the certificate is trusted")
  void anAddressInTheCertificateIsTrusted() throws Exception {
    Certificates.Identity identity = certificates.signed("a", c -> c.addSanIpAddress("127.0.0.1"));
    try (var server = recording(identity);
        var client = client()) {
      assertThatThrownBy(() -> client.connect(address(server, "127.0.0.1")))
          .isInstanceOf(WebSocketException.class);

      assertThat(events.next()).startsWith("read GET / HTTP/1.1");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("TL-10 the server is told the name, and may not have it")
  void theServerMayNotHaveTheName(boolean answersAnyway) throws Exception {
    try (var server =
            RawServer.start(
                context(localhost),
                peer -> {
                  SSLSocket socket = peer.tls();
                  SSLParameters parameters = socket.getSSLParameters();
                  parameters.setSNIMatchers(List.of(new AnyName(answersAnyway)));
                  socket.setSSLParameters(parameters);
                  record(peer);
                });
        // So that a name with a dot, as SNI has it, leads here.
        var proxy =
            RawServer.start(peer -> {
              peer.readHead();
              peer.send("HTTP/1.1 200 OK\r\n\r\n");
              Tunnel.run(peer, server.port());
            });
        var client = builder().proxy(ProxyOptions.at("127.0.0.1", proxy.port())).build()) {
      assertThatThrownBy(() -> client.connect("wss://www.example.com"))
          .isInstanceOf(WebSocketException.class)
          .hasMessageContaining(": TLS handshake failed: ");

      assertThat(events.next()).isEqualTo("asked for www.example.com");
      assertThat(events.next()).isEqualTo("read nothing");
    }
  }

  /** Has the one certificate for whatever name a client asks for, or none. */
  private final class AnyName extends SNIMatcher {
    private final boolean answer;

    AnyName(boolean answer) {
      super(StandardConstants.SNI_HOST_NAME);
      this.answer = answer;
    }

    @Override
    public boolean matches(SNIServerName asked) {
      events.add("asked for " + new String(asked.getEncoded(), ISO_8859_1));
      return answer;
    }
  }

  private RawServer recording(Certificates.Identity identity) throws Exception {
    return RawServer.start(context(identity), this::record);
  }

  private static SSLContext context(Certificates.Identity identity) throws Exception {
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(identity.bundle().toKeyManagerFactory().getKeyManagers(), null, null);
    return tls;
  }

  // What comes through TLS, if anything does.
  private void record(RawSocket peer) {
    String head = "";
    try {
      head = peer.readHead();
    } catch (IOException theHandshakeFails) {
      // Nothing was read then.
    }
    events.add("read " + (head.isEmpty() ? "nothing" : head));
  }

  private WebSocketClient client() {
    return builder().build();
  }

  private WebSocketClientBuilder builder() {
    TlsOptions trusting = TlsOptions.CLIENT.trust(certificates.authorityFile());
    return WebSocketClient.builder().tls(trusting.provider(provider));
  }

  private static String address(RawServer server, String host) {
    return "wss://" + host + ":" + server.port() + "/";
  }
}
