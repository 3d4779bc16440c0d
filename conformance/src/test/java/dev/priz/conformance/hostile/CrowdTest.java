package dev.priz.conformance.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.CloseRecord;
import dev.priz.ConnectionObserver;
import dev.priz.WebSocket;
import dev.priz.WebSocketServer;
import dev.priz.protocol.Timeouts;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Many clients at once. Both ends are in this process, whose descriptors limit their number to half
 * of what the catalogue speaks of.
 */
class CrowdTest {
  private static final int MANY = 5_000;
  private static final byte[] HALF_REQUEST = "GET / HTTP/1.1\r\nHost: a\r\n".getBytes(UTF_8);

  private final Deque<RawClient> clients = new ArrayDeque<>();
  private final AtomicInteger ended = new AtomicInteger();

  @AfterEach
  void closeClients() throws Exception {
    for (RawClient client : clients) client.close();
  }

  @Test
  @DisplayName("HS-37 holds at most 4 KiB for each of 5,000 half requests, and ends them in 11 s")
  void endsHalfRequests() throws Exception {
    try (var server = WebSocketServer.listen("127.0.0.1:0")) {
      openAndClose(server, 100);
      long before = heldBytes();
      long start = System.nanoTime();
      for (int i = 0; i < MANY; i++) {
        clients.add(RawClient.to(server.port()).send(HALF_REQUEST));
      }
      long perClient = (heldBytes() - before) / MANY;
      long opened = System.nanoTime();
      for (RawClient client : clients) assertThat(client.readToEnd()).isEmpty();
      long ending = System.nanoTime() - opened;

      assertThat(perClient).as("bytes for each").isLessThanOrEqualTo(4 * 1024);
      assertThat(Duration.ofNanos(opened - start)).isLessThan(Duration.ofSeconds(10));
      assertThat(Duration.ofNanos(ending)).isLessThan(Duration.ofSeconds(11));
    }
  }

  @Test
  @DisplayName("RS-12, RS-08 keeps 5,000 idle clients that answer Pings, with at most 10 KiB each")
  void keepsIdleClients() throws Exception {
    Timeouts timeouts = Timeouts.DEFAULT.keepAlive(Duration.ofSeconds(1), Duration.ofSeconds(10));
    try (var server = echo(timeouts)) {
      openAndClose(server, 100);
      long before = heldBytes();
      for (int i = 0; i < MANY; i++) clients.add(RawClient.open(server.port(), "/"));
      long perClient = (heldBytes() - before) / MANY;
      // Each has had a Ping by then and gets more: whoever does not answer would be ended.
      for (int round = 0; round < 3; round++) {
        for (RawClient client : clients) client.answerPing();
      }

      assertThat(perClient).as("bytes for each").isLessThanOrEqualTo(10 * 1024);
      assertThat(ended).hasValue(100);
      assertThat(server.connections()).hasSize(MANY);
    }
  }

  @Test
  @DisplayName("RS-13 has as many descriptors and threads after 10,000 connections as before")
  void keepsNothingOfThoseWhoLeft() throws Exception {
    try (var server = echo(Timeouts.DEFAULT)) {
      openAndClose(server, 500);
      int descriptors = descriptors();
      int threads = ManagementFactory.getThreadMXBean().getThreadCount();

      openAndClose(server, 10_000);

      assertThat(descriptors()).isBetween(descriptors - 5, descriptors + 5);
      assertThat(ManagementFactory.getThreadMXBean().getThreadCount())
          .isBetween(threads - 5, threads + 5);
    }
  }

  @Test
  @DisplayName("CL-18 tells 5,000 clients that it goes away within 10 s, and keeps no descriptor")
  void tellsAllThatItGoesAway() throws Exception {
    int descriptors = descriptors();
    try (var server = echo(Timeouts.DEFAULT)) {
      for (int i = 0; i < MANY; i++) clients.add(RawClient.open(server.port(), "/"));
      Thread stopping = Thread.ofPlatform().start(server::close);
      long start = System.nanoTime();
      for (RawClient client : clients) {
        byte[] close = client.readCloseAndAnswer();
        assertThat(close).startsWith(0x88).containsSequence(0x03, 0xe9);
      }
      stopping.join();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      assertThat(server.connections()).isEmpty();
    }
    closeClients();
    assertThat(descriptors()).isBetween(descriptors - 5, descriptors + 5);
  }

  private WebSocketServer echo(Timeouts timeouts) {
    ConnectionObserver observer =
        new ConnectionObserver() {
          @Override
          public void closed(WebSocket ws, CloseRecord record) {
            ended.incrementAndGet();
          }
        };
    return WebSocketServer.at("127.0.0.1:0")
        .timeouts(timeouts)
        .observe(observer)
        .callbacks("/*", ws -> ws.onText(ws::send))
        .start();
  }

  private void openAndClose(WebSocketServer server, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      try (var client = RawClient.to(server.port()).askFor("/")) {
        client.readHead();
      }
    }
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!server.connections().isEmpty() && System.nanoTime() - deadline < 0) Thread.onSpinWait();
  }

  // What is in use of the heap after a collection, and of Netty's direct memory.
  private static long heldBytes() {
    System.gc();
    System.gc();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    return heap + PooledByteBufAllocator.DEFAULT.pinnedDirectMemory();
  }

  private static int descriptors() {
    String[] names = Path.of("/proc/self/fd").toFile().list();
    return Arrays.asList(names).size();
  }
}
