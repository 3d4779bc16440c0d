package dev.priz.netty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.Transport;
import dev.priz.WebSocket;
import dev.priz.WebSocketException;
import dev.priz.WebSocketServer;
import dev.priz.protocol.Message;
import dev.priz.protocol.Text;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Threads that receive do so though the peer does not take what is sent to it: it may be waiting
 * for this end, which would then wait for it in turn.
 */
class ReceiveWhileStuckTest {
  // Less than a peer that takes nothing is given.
  private static final int DEADLINE_SECONDS = 5;
  private static final long STUCK_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
  private static final byte[] TEXT = {(byte) 0x81, (byte) 0x81, 0, 0, 0, 0, 'x'};
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

  private final AtomicInteger sent = new AtomicInteger();
  private final CompletableFuture<Message> received = new CompletableFuture<>();

  @ParameterizedTest
  @MethodSource("transports")
  void receivesThoughThePeerDoesNotRead(Transport transport) throws Exception {
    try (WebSocketServer server =
            WebSocketServer.at("127.0.0.1:0")
                .transport(transport)
                .route("/", this::handle)
                .start();
        Socket peer = connect(server)) {
      awaitStuckSender();

      peer.getOutputStream().write(TEXT);

      assertThat(received.get(DEADLINE_SECONDS, TimeUnit.SECONDS)).isEqualTo(new Text("x"));
    }
  }

  private static Stream<Transport> transports() {
    return Arrays.stream(Loops.Kind.values())
        .filter(kind -> kind.obstacle() == null)
        .map(kind -> Transport.valueOf(kind.name()));
  }

  private void handle(WebSocket ws) {
    Thread.ofVirtual().start(() -> flood(ws));
    for (Message message : ws) received.complete(message);
  }

  private void flood(WebSocket ws) {
    try {
      while (true) {
        ws.send(new byte[100_000]);
        sent.incrementAndGet();
      }
    } catch (WebSocketException end) {
      // The test is over.
    }
  }

  private void awaitStuckSender() {
    int before = 0;
    long sinceNanos = System.nanoTime();
    while (System.nanoTime() - sinceNanos < STUCK_NANOS) {
      int now = sent.get();
      if (now == before && now > 0) continue;
      before = now;
      sinceNanos = System.nanoTime();
    }
  }

  private static Socket connect(WebSocketServer server) throws IOException {
    Socket peer = new Socket();
    // So that what is sent soon does not fit any more.
    peer.setReceiveBufferSize(4_096);
    peer.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    peer.getOutputStream().write(HANDSHAKE);
    InputStream in = peer.getInputStream();
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) head.append((char) in.read());
    return peer;
  }
}
