package dev.priz;

import dev.priz.protocol.Binary;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** So much for a peer that reads nothing that sockets and queues are full. */
final class Jam {
  static final int MESSAGE_BYTES = 500_000;
  private static final Duration STUCK = Duration.ofMillis(300);

  private int sent;
  private CompletionStage<?> stuck;

  private Jam() {}

  /** Sends messages until one does not go on, and one more that has to wait for all of that. */
  static Jam of(WebSocket ws) throws InterruptedException {
    var jam = new Jam();
    do {
      jam.send(ws);
    } while (!Soon.isPendingFor(STUCK, jam.stuck));
    // Sockets may still make room, but hardly for two.
    jam.send(ws);
    return jam;
  }

  private void send(WebSocket ws) {
    stuck = ws.sendAsync(new Binary(new byte[MESSAGE_BYTES]));
    sent++;
  }

  /** How many messages have been sent, the last included. */
  int sent() {
    return sent;
  }

  /** The last message, which waits. */
  CompletionStage<?> stuck() {
    return stuck;
  }
}
