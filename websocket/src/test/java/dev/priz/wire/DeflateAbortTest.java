package dev.priz.wire;

import static dev.priz.wire.Wire.join;
import static dev.priz.wire.Wire.wire;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.WebSocketServer;
import dev.priz.protocol.DeflateOptions;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Peers that connect with compression and are gone, at every stage. */
final class DeflateAbortTest {
  /** How many connections; far more where someone waits for it. */
  private static final int CONNECTIONS = Integer.getInteger("priz.aborts", 4_000);

  private static final String OFFER =
      "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n";
  private static final byte[] REQUEST = Wire.request("/", OFFER);
  private static final int ALL_OF_IT = Integer.MAX_VALUE;

  private final Semaphore closed = new Semaphore(0);

  /**
   * Where a peer is gone.
   *
   * @param requestBytes how much of the request it sends
   * @param frames what it sends behind the response
   */
  private record Stage(String name, int requestBytes, byte[] frames) {}

  private static final byte[] HELLO = wire("c1 87 00000000 f2 48 cd c9 c9 07 00");
  private static final byte[] HELLO_AGAIN = wire("c1 85 00000000 f2 00 11 00 00");

  private static final List<Stage> STAGES =
      List.of(
          new Stage("before the request", 0, wire("")),
          new Stage("in the request", 100, wire("")),
          new Stage("after the handshake", ALL_OF_IT, wire("")),
          new Stage("in a header", ALL_OF_IT, wire("c1 87 00")),
          new Stage("in a frame", ALL_OF_IT, wire("c1 87 00000000 f2 48 cd")),
          new Stage("between fragments", ALL_OF_IT, wire("41 83 00000000 f2 48 cd")),
          new Stage("after messages", ALL_OF_IT, join(HELLO, HELLO_AGAIN)),
          new Stage("after a malformed one", ALL_OF_IT, wire("c1 81 00000000 07")));

  @Test
  @DisplayName("PD-18 holds nothing after connections were aborted at every stage")
  void holdsNothingAfterwards() throws Exception {
    try (WebSocketServer server = server()) {
      abort(server, CONNECTIONS / 2);
      long heapBefore = usedHeap();
      long directBefore = usedDirect();

      abort(server, CONNECTIONS);

      assertComesBack("heap", heapBefore, DeflateAbortTest::usedHeap);
      assertComesBack("direct memory", directBefore, DeflateAbortTest::usedDirect);
    }
  }

  private void abort(WebSocketServer server, int connections) throws Exception {
    int opened = 0;
    for (int i = 0; i < connections; i++) {
      Stage stage = STAGES.get(i % STAGES.size());
      abort(server, stage);
      if (stage.requestBytes == ALL_OF_IT) opened++;
    }
    assertThat(closed.tryAcquire(opened, 20, TimeUnit.SECONDS)).as("all are closed").isTrue();
  }

  private static void abort(WebSocketServer server, Stage stage) throws IOException {
    RawSocket peer = RawSocket.to(server.port());
    if (stage.requestBytes == ALL_OF_IT) {
      peer.send(REQUEST);
      assertThat(peer.readHead()).as(stage.name).contains("permessage-deflate");
      peer.send(stage.frames);
    } else {
      peer.send(Arrays.copyOf(REQUEST, stage.requestBytes));
    }
    peer.reset();
  }

  private WebSocketServer server() {
    return WebSocketServer.at("127.0.0.1:0")
        .threads(1)
        .deflate(DeflateOptions.DEDICATED)
        .callbacks("/", ws -> ws.onText(ws::send).onClose(ended -> closed.release()))
        .start();
  }

  // Sockets of both ends are given back by cleaners, after a garbage collection and some time.
  private static void assertComesBack(String what, long before, LongSupplier now) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    long value = now.getAsLong();
    while (value > before + before / 20 && System.nanoTime() < deadline) value = now.getAsLong();
    assertThat(value).as(what).isLessThanOrEqualTo(before + before / 20);
  }

  private static long usedHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static long usedDirect() {
    return PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
  }
}
