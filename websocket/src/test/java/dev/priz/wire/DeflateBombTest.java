package dev.priz.wire;

import static dev.priz.wire.Wire.MASKED_HELLO;
import static dev.priz.wire.Wire.join;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.priz.WebSocketServer;
import dev.priz.payloads.Zlib;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Many peers at once whose messages decompress to far more than the limit. */
final class DeflateBombTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long MEBIBYTE = 1 << 20;
  private static final int BOMBS = 100;
  private static final int ECHOES = 2_000;
  // Below this, the order in which a small machine runs its threads says more than the server does.
  private static final long QUICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  @Test
  @DisplayName("PD-04 takes little memory and time of others for 100 bombs")
  void takesLittleForManyBombs() throws Exception {
    byte[] bomb = bomb();
    try (WebSocketServer server = server();
        RawSocket other = RawSocket.open(server, "/")) {
      measureEchoes(other, 0, server, bomb);
      long quiet = measureEchoes(other, 0, server, bomb);
      long allocatedBefore = THREADS.getTotalThreadAllocatedBytes();
      long directBefore = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();

      long beset = measureEchoes(other, BOMBS, server, bomb);

      assertThat(THREADS.getTotalThreadAllocatedBytes() - allocatedBefore)
          .as("all that was allocated meanwhile, be it garbage or not")
          .isLessThan(256 * MEBIBYTE);
      assertThat(PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory() - directBefore)
          .isLessThan(32 * MEBIBYTE);
      assertThat(beset).isLessThan(Math.max(2 * quiet, QUICK_NANOS));
    }
  }

  @Test
  @DisplayName("PD-01 tells the peer that its message is too big")
  void tellsThePeer() throws Exception {
    byte[] bomb = bomb();
    try (WebSocketServer server = server();
        RawSocket peer = open(server)) {
      peer.send(bomb);

      byte[] end = peer.readToEnd();

      assertThat(end).startsWith(0x88, end.length - 2, 1_009 >> 8, 1_009 & 0xFF);
      assertThat(new String(end, 4, end.length - 4, UTF_8))
          .isEqualTo("decompressed message too big");
    }
  }

  // The 99th percentile of the echoes of one connection, with some bombs of others between them.
  private static long measureEchoes(
      RawSocket connection, int bombs, WebSocketServer server, byte[] bomb) throws IOException {
    long[] nanos = new long[ECHOES];
    for (int i = 0; i < ECHOES; i++) {
      if (bombs > 0 && i % (ECHOES / bombs) == 0) drop(server, bomb);
      long before = System.nanoTime();
      connection.send(MASKED_HELLO);
      assertThat(connection.read(7)).isEqualTo(Wire.HELLO);
      nanos[i] = System.nanoTime() - before;
    }
    Arrays.sort(nanos);
    return nanos[ECHOES * 99 / 100];
  }

  // Does not wait for what becomes of it.
  private static void drop(WebSocketServer server, byte[] bomb) throws IOException {
    try (RawSocket peer = open(server)) {
      peer.send(bomb).end();
    }
  }

  private static RawSocket open(WebSocketServer server) throws IOException {
    RawSocket peer = RawSocket.to(server.port());
    peer.send(Wire.request("/", "Sec-WebSocket-Extensions: permessage-deflate\r\n"));
    assertThat(peer.readHead()).contains("permessage-deflate");
    return peer;
  }

  private static WebSocketServer server() {
    return WebSocketServer.at("127.0.0.1:0")
        .threads(1)
        .callbacks("/", ws -> ws.onText(ws::send))
        .start();
  }

  // A masked frame with 64 MiB of zeros.
  private static byte[] bomb() {
    byte[] payload = Zlib.message(new byte[(int) (64 * MEBIBYTE)]);
    byte[] head = {
      (byte) 0xC2, (byte) 0xFE, (byte) (payload.length >> 8), (byte) payload.length, 0, 0, 0, 0
    };
    return join(head, payload);
  }
}
