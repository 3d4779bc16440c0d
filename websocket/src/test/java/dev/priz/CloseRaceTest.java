package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.protocol.Binary;
import dev.priz.protocol.Closed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A close at the same time as sends, other closes and the loss of the connection. */
final class CloseRaceTest {
  private static final int ROUNDS = Rounds.of(1_000, 1_000_000);
  private static final int SENDS = 5;

  @Test
  @Timeout(value = 12, unit = TimeUnit.HOURS)
  @DisplayName("AP-04 sends race a close and a reset, 1,000 rounds, 1,000,000 with -Dhostile.full")
  void answersEachSendOnce() throws Exception {
    try (var server = WebSocketServer.listen("127.0.0.1:0")) {
      for (int round = 0; round < ROUNDS; round++) {
        try (var peer = RawPeer.open(server)) {
          race(server.accept(), peer, round);
        }
      }
    }
  }

  private static void race(WebSocket ws, RawPeer peer, int round) throws Exception {
    var start = new CyclicBarrier(3);
    var answers = new AtomicInteger();
    var closes = new AtomicInteger();
    ws.onClose(how -> closes.incrementAndGet());
    byte[] payload = new byte[100];
    Arrays.fill(payload, (byte) round);

    var sending =
        Threads.call(() -> {
          start.await();
          return send(ws, payload, answers);
        });
    var closing =
        Threads.call(() -> {
          start.await();
          return ws.closeAsync(4000, "");
        });
    var leaving =
        Threads.run(() -> {
          start.await();
          readThenReset(peer, payload, round % (SENDS + 3));
        });

    for (var written : Soon.value(sending)) assertThat(Soon.value(written)).isTrue();
    Soon.value(leaving);
    Soon.value(Soon.value(closing));
    assertThat(answers).hasValue(SENDS);
    assertThat(closes).hasValue(1);
  }

  // Whether each was written or has failed because of the end.
  private static List<CompletableFuture<Boolean>> send(
      WebSocket ws, byte[] payload, AtomicInteger answers) {
    List<CompletableFuture<Boolean>> written = new ArrayList<>();
    for (int i = 0; i < SENDS; i++) {
      var answer =
          ws.sendAsync(new Binary(payload))
              .whenComplete((nothing, failure) -> answers.incrementAndGet())
              .handle((nothing, failure) -> failure == null || isEnd(failure));
      written.add(answer.toCompletableFuture());
    }
    return written;
  }

  private static boolean isEnd(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof ConnectionClosedException
        || cause instanceof ConnectionClosedException;
  }

  // What comes is what was sent, or the Close frame, or the end.
  private static void readThenReset(RawPeer peer, byte[] payload, int frames) throws IOException {
    try {
      for (int i = 0; i < frames; i++) {
        RawPeer.Frame frame = peer.receive();
        if (frame.head() == 0x88) {
          assertThat(frame.closeCode()).isEqualTo(4000);
          break;
        }
        assertThat(frame.head()).isEqualTo(0x82);
        assertThat(frame.payload()).isEqualTo(payload);
      }
    } finally {
      peer.reset();
    }
  }

  @Test
  @DisplayName(
      "AP-11 sends one Close frame though closed in onOpen, in onText and by eight threads")
  void sendsOneCloseFrame() throws Exception {
    BlockingQueue<Closed> closed = new LinkedBlockingQueue<>();
    var opened = new CompletableFuture<WebSocket>();
    try (var server =
            WebSocketServer.at("127.0.0.1:0")
                .callbacks(
                    "/",
                    ws ->
                        ws.onClose(closed::add)
                            .onText(text -> ws.close(4002, ""))
                            .onOpen(() -> {
                              ws.closeAsync(4000, "");
                              ws.close(4001, "");
                              opened.complete(ws);
                            }))
                .start();
        var peer = RawPeer.open(server)) {
      peer.sendHex("81 80 00000000");
      WebSocket ws = Soon.value(opened);
      List<CompletableFuture<Void>> closing = new ArrayList<>();
      for (int i = 0; i < 8; i++) closing.add(Threads.run(() -> ws.close(4003, "")));

      assertThat(peer.receive().closeCode()).isEqualTo(4000);
      peer.sendHex("88 82 00000000 0fa0");
      assertThat(peer.isAtEnd()).isTrue();
      peer.disconnect();

      for (var each : closing) Soon.value(each);
      assertThat(Soon.next(closed).sent()).extracting("code").isEqualTo(4000);
      assertThat(closed).isEmpty();
    }
  }
}
