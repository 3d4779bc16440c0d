package dev.priz.wire;

import static dev.priz.wire.Wire.join;
import static dev.priz.wire.Wire.request;
import static dev.priz.wire.Wire.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.CloseRecord;
import dev.priz.ConnectionObserver;
import dev.priz.HandshakeRefusedException;
import dev.priz.ServerLimits;
import dev.priz.WebSocket;
import dev.priz.WebSocketClient;
import dev.priz.WebSocketServer;
import dev.priz.protocol.DeflateOptions;
import dev.priz.protocol.Timeouts;
import dev.priz.protocol.Violation;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What all connections together may make a server hold of what they send. */
class InboundBudgetTest {
  private static final int MIB = 1 << 20;
  // All of a message of 1 MiB but its last byte.
  private static final byte[] NEARLY_A_MESSAGE =
      join(wire("82 ff 0000000000100000 00000000"), new byte[MIB - 1]);

  private final BlockingQueue<CloseRecord> closed = new LinkedBlockingQueue<>();
  private final Deque<RawSocket> peers = new ArrayDeque<>();
  private WebSocketServer server;

  @AfterEach
  void stop() throws Exception {
    for (RawSocket peer : peers) peer.close();
    server.close();
  }

  @Test
  @DisplayName("RS-02 holds no more than its budget for peers that stop in their messages")
  void holdsNoMoreThanItsBudget() throws Exception {
    start(ServerLimits.DEFAULT.maxInboundBytes(10 * MIB), Timeouts.DEFAULT);

    // Ten fit; who comes later is either ended or not let in, and none of the ten is.
    for (int i = 0; i < 30; i++) {
      RawSocket peer = RawSocket.to(server.port());
      peers.add(peer);
      if (peer.send(request("/")).readHead().startsWith("HTTP/1.1 503 ")) continue;
      peer.sendUntilRefused(NEARLY_A_MESSAGE, 1);
    }

    for (int ended = server.connections().size() - 10; ended > 0; ended--) next(closed);
    assertThat(server.connections()).hasSizeBetween(9, 10);
    for (CloseRecord record : closed) {
      assertThat(record.closed().violation()).isEqualTo(Violation.OVERLOAD);
      assertThat(record.closed().code()).isEqualTo(1013);
      assertThat(record.limit()).isEqualTo("maxInboundBytes");
    }
  }

  @Test
  @DisplayName("RS-02 lets others in again after those that stopped have been ended for their age")
  void letsOthersInAgain() throws Exception {
    start(
        ServerLimits.DEFAULT.maxInboundBytes(MIB - 1),
        Timeouts.DEFAULT.message(Duration.ofSeconds(2)));
    RawSocket idler = RawSocket.open(server, "/");
    peers.add(idler);
    idler.sendUntilRefused(NEARLY_A_MESSAGE, 1);

    assertThat(next(closed).closed().violation())
        .isIn(Violation.OVERLOAD, Violation.MESSAGE_TOO_SLOW);
    try (var peer = RawSocket.open(server, "/")) {
      peer.send(Wire.MASKED_HELLO);
      assertThat(peer.read(7)).isEqualTo(Wire.HELLO);
    }
  }

  @Test
  @DisplayName("RS-01 holds nothing for what is only promised")
  void holdsNothingForAPromise() throws Exception {
    start(ServerLimits.DEFAULT.maxInboundBytes(100 * 1024), Timeouts.DEFAULT);
    for (int i = 0; i < 1_000; i++) {
      RawSocket peer = RawSocket.open(server, "/");
      peers.add(peer);
      peer.send(wire("82 ff 0000000000100000 00000000"));
    }

    try (var peer = RawSocket.open(server, "/")) {
      peer.send(Wire.MASKED_HELLO);
      assertThat(peer.read(7)).isEqualTo(Wire.HELLO);
    }
    assertThat(server.connections()).hasSizeGreaterThanOrEqualTo(1_000);
  }

  @Test
  void countsWhatNobodyTakes() throws Exception {
    server =
        WebSocketServer.at("127.0.0.1:0")
            .limits(ServerLimits.DEFAULT.maxInboundBytes(200 * 1024))
            .route(
                "/",
                ws -> {
                  ws.receive();
                  ws.whenClosed().toCompletableFuture().join();
                })
            .start();
    // 64 KiB of each, in messages that hold nothing until they are complete: a longer one might be
    // the one too many while it still comes in, and its peer be ended instead.
    for (int i = 0; i < 4; i++) {
      RawSocket peer = RawSocket.open(server, "/");
      peers.add(peer);
      peer.send(Wire.repeat(1_100, Wire.maskedText("x")));
    }

    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    String head;
    do {
      try (var peer = RawSocket.to(server.port())) {
        head = peer.send(request("/")).readHead();
      }
    } while (!head.startsWith("HTTP/1.1 503 ") && System.nanoTime() - deadline < 0);

    assertThat(head).startsWith("HTTP/1.1 503 ");
  }

  @Test
  void countsWhatCompressedMessagesMayReferTo() throws Exception {
    server =
        WebSocketServer.at("127.0.0.1:0")
            .deflate(DeflateOptions.DEDICATED)
            .limits(ServerLimits.DEFAULT.maxInboundBytes(20 * 1024))
            .callbacks("/", ws -> ws.onText(ws::send))
            .start();
    var random = new SplittableRandom(7);
    try (var client = WebSocketClient.builder().deflate(DeflateOptions.DEDICATED).build()) {
      // A window of 4 KiB each.
      for (int i = 0; i < 5; i++) {
        WebSocket ws = client.connect(server.address());
        for (int j = 0; j < 8; j++) {
          ws.send(letters(random, 600));
          ws.receive();
        }
      }

      assertThatThrownBy(() -> client.connect(server.address()))
          .isInstanceOf(HandshakeRefusedException.class)
          .hasMessageContaining("503");
    }
  }

  private static String letters(SplittableRandom random, int count) {
    return random.ints(count, 'a', 'e').mapToObj(Character::toString).collect(Collectors.joining());
  }

  private void start(ServerLimits limits, Timeouts timeouts) {
    ConnectionObserver observer =
        new ConnectionObserver() {
          @Override
          public void closed(WebSocket ws, CloseRecord record) {
            closed.add(record);
          }
        };
    server =
        WebSocketServer.at("127.0.0.1:0")
            .limits(limits)
            .timeouts(timeouts)
            .observe(observer)
            .callbacks("/", ws -> ws.onText(ws::send).onBinary(ws::send))
            .start();
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(15, TimeUnit.SECONDS);
    assertThat(next).as("something within 15 s").isNotNull();
    return next;
  }
}
