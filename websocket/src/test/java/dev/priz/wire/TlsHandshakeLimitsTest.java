package dev.priz.wire;

import static dev.priz.wire.Wire.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.TlsOptions;
import dev.priz.WebSocketClient;
import dev.priz.WebSocketException;
import dev.priz.WebSocketServer;
import dev.priz.protocol.Timeouts;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS handshakes that take too long or too much, with one certificate and with several. */
final class TlsHandshakeLimitsTest extends TlsFixture {
  private static final byte[] HELLO_START = wire("16 03 01 00 f4 01 00 00 f0 03 03 20");
  private static final Timeouts SHORT = Timeouts.DEFAULT.handshake(Duration.ofMillis(300));

  @ParameterizedTest(name = "TL-12 a stalled TLS handshake is cut off; several certificates: {0}")
  @ValueSource(booleans = {false, true})
  void aStalledHandshakeIsCutOff(boolean several) throws Exception {
    try (var log = LogCapture.start()) {
      try (var server = start(several, SHORT);
          var peer = RawSocket.to(server.port())) {
        peer.send(HELLO_START);

        peer.readToEnd();
      }
      assertThat(log.text()).isEmpty();
    }
  }

  @ParameterizedTest(name = "TL-12 a ClientHello in records of 1 byte; several certificates: {0}")
  @ValueSource(booleans = {false, true})
  void aHelloInRecordsOfOneByteIsAnsweredOrRefused(boolean several) throws Exception {
    try (var server = start(several, Timeouts.DEFAULT);
        var peer = RawSocket.to(server.port())) {
      peer.send(inRecordsOfOneByte(clientHello()));

      // A handshake record or an alert, long before the ten seconds are over.
      assertThat(peer.read(1)[0]).isIn((byte) 22, (byte) 21);
    }
  }

  @ParameterizedTest(name = "TL-12 a long ClientHello in records of 1 byte; several: {0}")
  @ValueSource(booleans = {false, true})
  void aLongHelloInRecordsOfOneByteIsRefused(boolean several) throws Exception {
    byte[] hello = new byte[16_000];
    System.arraycopy(wire("01 00 3e 7c 03 03"), 0, hello, 0, 6);
    try (var log = LogCapture.start()) {
      try (var server = start(several, Timeouts.DEFAULT);
          var peer = RawSocket.to(server.port())) {
        peer.sendUntilRefused(inRecordsOfOneByte(hello), 1);

        peer.readToEnd();
      }
      assertThat(log.text()).isEmpty();
    }
  }

  @ParameterizedTest(name = "TL-12 a record of {0}")
  @ValueSource(strings = {"16 03 01 ff ff", "16 03 01 48 01", "17 03 03 ff ff", "15 03 01 ff ff"})
  void aTooLongRecordIsRefusedAtItsHeader(String header) throws Exception {
    try (var log = LogCapture.start()) {
      try (var server = start(true, Timeouts.DEFAULT);
          var single = start(false, Timeouts.DEFAULT);
          var peer = RawSocket.to(server.port());
          var other = RawSocket.to(single.port())) {
        peer.send(wire(header));
        other.send(wire(header));

        peer.readToEnd();
        other.readToEnd();
      }
      assertThat(log.text()).isEmpty();
    }
  }

  @ParameterizedTest(name = "TL-12 a ClientHello that claims 16 MiB; several certificates: {0}")
  @ValueSource(booleans = {false, true})
  void aHelloThatClaimsTooMuchIsRefused(boolean several) throws Exception {
    byte[] record = new byte[16_389];
    System.arraycopy(wire("16 03 01 40 00 01 ff ff ff 03 03"), 0, record, 0, 11);
    try (var log = LogCapture.start()) {
      try (var server = start(several, Timeouts.DEFAULT);
          var peer = RawSocket.to(server.port())) {
        peer.sendUntilRefused(record, 2);

        peer.readToEnd();
      }
      assertThat(log.text()).isEmpty();
    }
  }

  @Test
  @DisplayName("TL-12 a server that stalls TLS is given up")
  void aServerThatStallsIsGivenUp() throws Exception {
    try (var server = RawServer.start(RawSocket::readToEnd);
        var client =
            WebSocketClient.builder()
                .tls(TlsOptions.CLIENT.provider(provider))
                .timeouts(SHORT)
                .build()) {
      String address = server.address().replace("ws:", "wss:");

      assertThatThrownBy(() -> client.connect(address))
          .isInstanceOf(WebSocketException.class)
          .hasMessage(
              "cannot connect to "
                  + address
                  + "/: the server did not answer the handshake within PT0.3S");
    }
  }

  @Test
  @DisplayName("TL-12 the default for the whole handshake, TLS included, is 10 s")
  void theDefaultIsTenSeconds() {
    assertThat(Timeouts.DEFAULT.handshake()).isEqualTo(Duration.ofSeconds(10));
  }

  private WebSocketServer start(boolean several, Timeouts timeouts) {
    TlsOptions own = localhost.pem().provider(provider);
    return WebSocketServer.at("127.0.0.1:0")
        .tls(several ? own.forHost("example.com", own) : own)
        .timeouts(timeouts)
        .callbacks("/", ws -> {})
        .start();
  }

  // The handshake message that the JDK begins with.
  private static byte[] clientHello() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, null, null);
    SSLEngine engine = context.createSSLEngine("example.com", 443);
    engine.setUseClientMode(true);
    ByteBuffer record = ByteBuffer.allocate(32 * 1024);
    engine.wrap(ByteBuffer.allocate(0), record);
    return Arrays.copyOfRange(record.array(), 5, record.position());
  }

  private static byte[] inRecordsOfOneByte(byte[] message) {
    var records = new ByteArrayOutputStream();
    for (byte next : message) {
      records.writeBytes(wire("16 03 01 00 01"));
      records.write(next);
    }
    return records.toByteArray();
  }
}
