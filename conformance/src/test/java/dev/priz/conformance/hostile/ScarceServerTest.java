package dev.priz.conformance.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers in processes of their own that lack descriptors, memory, or a gentle end. */
class ScarceServerTest {
  private static final int PLENTY = 4_096;
  private static final int MORE = 8_192;

  @TempDir private Path folder;
  private final Deque<RawClient> clients = new ArrayDeque<>();

  @AfterEach
  void closeClients() throws Exception {
    for (RawClient client : clients) client.close();
  }

  @ParameterizedTest(name = "RS-15 outlives the end of its descriptors on {0}")
  @ValueSource(strings = {"default limits", "its own cap far too high"})
  void outlivesTheEndOfItsDescriptors(String limits) throws Exception {
    boolean capped = limits.equals("default limits");
    String[] options = capped ? new String[0] : new String[] {"-Dhostile.connections=100000"};
    try (var server = EchoProcess.start(0, 256, folder.resolve("log"), options)) {
      // Classes that were not loaded before would need a descriptor when there is none.
      awaitEcho(server.port());
      // Some of them stay in the kernel's queue, and some get 503 or are closed.
      for (int i = 0; i < 1_000; i++) clients.add(askUnlessReset(server.port()));
      assertThat(leastProcessorMillis(server)).as("in the quietest second").isLessThan(300);

      for (RawClient client : clients) client.reset();
      long released = System.nanoTime();
      awaitEcho(server.port());

      assertThat(Duration.ofNanos(System.nanoTime() - released)).isLessThan(Duration.ofSeconds(4));
      assertThat(server.descriptors()).isLessThanOrEqualTo(256);
      assertThat(server.log().lines().count()).as(server.log()).isLessThan(100);
    }
  }

  @Test
  @DisplayName("RS-16 ends the connection whose callback throws an OutOfMemoryError, and no other")
  void outlivesAnOutOfMemoryError() throws Exception {
    try (var server = EchoProcess.start(0, PLENTY, folder.resolve("log"));
        var other = RawClient.open(server.port(), "/");
        var unlucky = RawClient.open(server.port(), "/oom")) {
      unlucky.sendHex("81 81 00000000 61");

      assertThat(unlucky.readToEnd()).startsWith(0x88, 0x10, 0x03, 0xf3);
      assertThat(other.isEchoed()).isTrue();
      assertThat(server.log()).contains("java.lang.OutOfMemoryError: as if");
    }
  }

  @Test
  @DisplayName("RS-16 outlives the end of its direct memory, and serves again once there is some")
  void outlivesTheEndOfItsDirectMemory() throws Exception {
    try (var server =
        EchoProcess.start(
            0, PLENTY, folder.resolve("log"), "-XX:MaxDirectMemorySize=5m", "-Xmx64m")) {
      // Requests that never end hold a buffer each.
      for (int i = 0; i < 2_000; i++) {
        clients.add(RawClient.to(server.port()).send(new byte[] {'G', 'E', 'T', ' '}));
      }
      for (RawClient client : clients) client.reset();

      awaitEcho(server.port());
    }
  }

  @Test
  @DisplayName("TL-15 binds its port again within a second of kill -9, while 5,000 clients hold on")
  void bindsAgainAfterKill() throws Exception {
    int port;
    try (var server = EchoProcess.start(0, MORE, folder.resolve("log"))) {
      port = server.port();
      for (int i = 0; i < 5_000; i++) clients.add(RawClient.open(port, "/"));
      server.kill();
    }
    // The time that a JVM takes to start is not the socket's. With io_uring, the kernel takes a
    // moment to let go of what a killed process had.
    long asked = System.nanoTime();
    boolean bound = false;
    while (!bound && System.nanoTime() - asked < TimeUnit.SECONDS.toNanos(1)) bound = isFree(port);
    assertThat(bound).isTrue();
    try (var again = EchoProcess.start(port, MORE, folder.resolve("again"))) {
      assertThat(again.port()).isEqualTo(port);
      awaitEcho(port);
    }
  }

  // Of some seconds, because at first the JVM compiles what it has just seen so much of.
  private static long leastProcessorMillis(EchoProcess server) throws InterruptedException {
    long least = Long.MAX_VALUE;
    for (int second = 0; second < 10 && least > 100; second++) {
      long before = server.processorMillis();
      TimeUnit.SECONDS.sleep(1);
      least = Math.min(least, server.processorMillis() - before);
    }
    return least;
  }

  private static boolean isFree(int port) throws IOException {
    try (var probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (BindException notYet) {
      return false;
    }
  }

  private static RawClient askUnlessReset(int port) throws IOException {
    RawClient client = RawClient.to(port);
    try {
      return client.askFor("/");
    } catch (IOException reset) {
      return client;
    }
  }

  private static void awaitEcho(int port) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
    while (true) {
      try (var client = RawClient.open(port, "/")) {
        if (client.isEchoed()) return;
      } catch (SocketTimeoutException never) {
        throw never;
      } catch (IOException notYet) {
        if (System.nanoTime() - deadline > 0) throw notYet;
      }
    }
  }
}
