package dev.priz.netty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.WebSocketServer;
import dev.priz.protocol.Timeouts;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Deadlines that what arrives moves earlier than the one that was waited for. */
class EarlierDeadlineTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final int DEADLINE_MILLIS = 10_000;
  private static final int CLOSE = 0x88;
  private static final int PING = 0x89;
  private static final byte[] START_OF_A_TEXT = {(byte) 0x81, (byte) 0x85, 0, 0, 0, 0, 'h'};
  private static final byte[] PONG = {(byte) 0x8A, (byte) 0x80, 0, 0, 0, 0};
  private static final byte[] HANDSHAKE =
      """
      GET / HTTP/1.1\r
      Host: localhost\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      Sec-WebSocket-Version: 13\r
      \r
      """
          .getBytes(US_ASCII);

  @Test
  void failsAnIncompleteMessageInTimeWithoutKeepAlive() throws IOException {
    Timeouts timeouts = Timeouts.DEFAULT.keepAlive(Duration.ZERO, LONG).message(SHORT);
    try (WebSocketServer server = start(timeouts);
        Socket peer = connect(server)) {
      peer.getOutputStream().write(START_OF_A_TEXT);

      assertThat(peer.getInputStream().read()).isEqualTo(CLOSE);
    }
  }

  @Test
  void failsAnIncompleteMessageLongBeforeTheNextPing() throws IOException {
    Timeouts timeouts = Timeouts.DEFAULT.keepAlive(LONG, LONG).message(SHORT);
    try (WebSocketServer server = start(timeouts);
        Socket peer = connect(server)) {
      peer.getOutputStream().write(START_OF_A_TEXT);

      assertThat(peer.getInputStream().read()).isEqualTo(CLOSE);
    }
  }

  @Test
  void pingsAgainLongBeforeThePongWouldHaveBeenMissed() throws IOException {
    try (WebSocketServer server = start(Timeouts.DEFAULT.keepAlive(SHORT, LONG));
        Socket peer = connect(server)) {
      InputStream in = peer.getInputStream();
      assertThat(in.readNBytes(10)[0]).isEqualTo((byte) PING);

      peer.getOutputStream().write(PONG);

      assertThat(in.readNBytes(10)[0]).isEqualTo((byte) PING);
    }
  }

  private static WebSocketServer start(Timeouts timeouts) {
    return WebSocketServer.at("127.0.0.1:0")
        .timeouts(timeouts)
        .callbacks("/", ws -> ws.onText(text -> {}))
        .start();
  }

  private static Socket connect(WebSocketServer server) throws IOException {
    Socket peer = new Socket(InetAddress.getLoopbackAddress(), server.port());
    peer.setSoTimeout(DEADLINE_MILLIS);
    peer.getOutputStream().write(HANDSHAKE);
    InputStream in = peer.getInputStream();
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) head.append((char) in.read());
    return peer;
  }
}
