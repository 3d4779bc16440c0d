package dev.priz.wire;

import static dev.priz.wire.Wire.CLOSE;
import static dev.priz.wire.Wire.HELLO;
import static dev.priz.wire.Wire.MASKED_CLOSE;
import static dev.priz.wire.Wire.MASKED_HELLO;
import static dev.priz.wire.Wire.join;
import static dev.priz.wire.Wire.maskedText;
import static dev.priz.wire.Wire.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.Transport;
import dev.priz.WebSocket;
import dev.priz.WebSocketClient;
import dev.priz.WebSocketServer;
import dev.priz.protocol.Closed;
import dev.priz.protocol.Text;
import dev.priz.protocol.Timeouts;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A peer that ends its half of TCP right behind its Close frame, as Jetty and Undertow do, and a
 * loop that gets to that Close frame only later.
 */
@ParameterizedClass
@MethodSource("dev.priz.wire.Transports#working")
class HalfClosedPeerTest {
  // Longer than any test waits, so that nothing here ends by a time-out.
  private static final Timeouts LONG =
      Timeouts.DEFAULT.closing(Duration.ofSeconds(30), Duration.ofSeconds(30));

  private final CountDownLatch halfClosed = new CountDownLatch(1);
  private final CompletableFuture<Closed> end = new CompletableFuture<>();
  private final Transport transport;

  HalfClosedPeerTest(Transport transport) {
    this.transport = transport;
  }

  @Test
  void hearsTheReplyAndTheAnswerOfAServersLoop() throws Exception {
    try (var server = start();
        var peer = RawSocket.open(server, "/")) {
      peer.send(MASKED_HELLO);
      assertThat(peer.read(7)).isEqualTo(HELLO);

      peer.send(maskedText("again"), MASKED_CLOSE).end();
      halfClosed.countDown();

      assertThat(peer.readToEnd()).isEqualTo(join(text("again"), CLOSE));
      assertThat(peer.wasReset()).isFalse();
      assertThat(end.get(10, TimeUnit.SECONDS).isClean()).isTrue();
    }
  }

  @Test
  void hearsTheReplyAndTheAnswerOfAClientsLoop() throws Exception {
    try (var server = RawServer.opening(this::closeAfterGreeting);
        var client = WebSocketClient.builder().transport(transport).timeouts(LONG).build()) {
      WebSocket ws = client.connect(server.address());

      echo(ws);

      Closed closed = end.get(10, TimeUnit.SECONDS);
      assertThat(closed.isClean()).isTrue();
      assertThat(closed.by()).isEqualTo(Closed.By.PEER);
    }
  }

  @Test
  void hearsTheRepliesOfALoopThatBeginsLate() throws Exception {
    try (var server = start();
        var peer = RawSocket.open(server, "/late")) {
      peer.send(MASKED_HELLO, maskedText("again"), MASKED_CLOSE).end();
      halfClosed.countDown();

      assertThat(peer.readToEnd()).isEqualTo(join(HELLO, text("again"), CLOSE));
      assertThat(peer.wasReset()).isFalse();
      assertThat(end.get(10, TimeUnit.SECONDS).isClean()).isTrue();
    }
  }

  @Test
  void isLetGoWhenTheLoopHasEnded() throws Exception {
    try (var server = start();
        var peer = RawSocket.open(server, "/once")) {
      peer.send(MASKED_HELLO, MASKED_CLOSE).end();
      halfClosed.countDown();

      assertThat(peer.readToEnd()).isEqualTo(CLOSE);
      assertThat(end.get(10, TimeUnit.SECONDS).isClean()).isTrue();
    }
  }

  @Test
  void hasLeftIfItSentNoClose() throws Exception {
    try (var server = start();
        var peer = RawSocket.open(server, "/late")) {
      peer.send(MASKED_HELLO).end();
      halfClosed.countDown();

      peer.readToEnd();

      assertThat(end.get(10, TimeUnit.SECONDS).by()).isEqualTo(Closed.By.NOBODY);
    }
  }

  private WebSocketServer start() {
    return WebSocketServer.at("127.0.0.1:0")
        .transport(transport)
        .timeouts(LONG)
        .route("/", this::echo)
        .route("/late", this::echoLate)
        .route("/once", this::receiveOne)
        .start();
  }

  // Takes its time behind the first message.
  private void echo(WebSocket ws) throws InterruptedException {
    ws.whenClosed().thenAccept(end::complete);
    ws.send(ws.receive());
    assertThat(halfClosed.await(10, TimeUnit.SECONDS)).isTrue();
    ws.forEach(ws::send);
  }

  private void echoLate(WebSocket ws) throws InterruptedException {
    ws.whenClosed().thenAccept(end::complete);
    assertThat(halfClosed.await(10, TimeUnit.SECONDS)).isTrue();
    ws.forEach(ws::send);
  }

  private void receiveOne(WebSocket ws) throws InterruptedException {
    ws.whenClosed().thenAccept(end::complete);
    assertThat(ws.receive()).isEqualTo(new Text("Hello"));
    assertThat(halfClosed.await(10, TimeUnit.SECONDS)).isTrue();
  }

  private void closeAfterGreeting(RawSocket peer) throws Exception {
    peer.send(HELLO);
    assertThat(peer.read(11)).startsWith(0x81, 0x85);

    peer.send(text("again"), CLOSE).end();
    halfClosed.countDown();

    assertThat(peer.read(11)).startsWith(0x81, 0x85);
    assertThat(peer.readToEnd()).hasSize(8).startsWith(0x88, 0x82);
    assertThat(peer.wasReset()).isFalse();
  }
}
