package dev.priz.netty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.ConnectionClosedException;
import dev.priz.Transport;
import dev.priz.WebSocket;
import dev.priz.WebSocketServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A handler that only sends learns that its peer has gone, though it never asks for messages. */
class SendOnlyTest {
  private static final int DEADLINE_SECONDS = 20;
  private static final byte[] TEXT_AND_CLOSE = {
    (byte) 0x81, (byte) 0x81, 0, 0, 0, 0, 'x', (byte) 0x88, (byte) 0x80, 0, 0, 0, 0
  };
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

  private final CompletableFuture<ConnectionClosedException> end = new CompletableFuture<>();
  private final AtomicBoolean tooLate = new AtomicBoolean();

  @ParameterizedTest
  @MethodSource("transports")
  void learnsThatThePeerHasGone(Transport transport) throws Exception {
    try (WebSocketServer server =
        WebSocketServer.at("127.0.0.1:0").transport(transport).route("/", this::send).start()) {
      leave(server.port(), new byte[0]);

      assertThat(end.get(DEADLINE_SECONDS, TimeUnit.SECONDS).closed().code()).isEqualTo(1006);
    } finally {
      tooLate.set(true);
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void learnsThatThePeerHasGoneThoughThereIsMoreToReceive(Transport transport) throws Exception {
    try (WebSocketServer server =
        WebSocketServer.at("127.0.0.1:0").transport(transport).route("/", this::send).start()) {
      leave(server.port(), TEXT_AND_CLOSE);

      assertThat(end.get(DEADLINE_SECONDS, TimeUnit.SECONDS).closed().code()).isEqualTo(1006);
    } finally {
      tooLate.set(true);
    }
  }

  private static Stream<Transport> transports() {
    return Arrays.stream(Loops.Kind.values())
        .filter(kind -> kind.obstacle() == null)
        .map(kind -> Transport.valueOf(kind.name()));
  }

  private void send(WebSocket ws) {
    try {
      while (!tooLate.get()) ws.send(new byte[100]);
    } catch (ConnectionClosedException closed) {
      end.complete(closed);
    }
  }

  private static void leave(int port, byte[] lastWords) throws IOException {
    try (Socket peer = new Socket(InetAddress.getLoopbackAddress(), port)) {
      peer.getOutputStream().write(HANDSHAKE);
      InputStream in = peer.getInputStream();
      var head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) head.append((char) in.read());
      peer.getOutputStream().write(lastWords);
    }
  }
}
