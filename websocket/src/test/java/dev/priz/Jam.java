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

  /** Sends messages until one does not go on. */
  static Jam of(WebSocket ws) throws InterruptedException {
    var jam = new Jam();
    do {
      jam.stuck = ws.sendAsync(new Binary(new byte[MESSAGE_BYTES]));
      jam.sent++;
    } while (!Soon.isPendingFor(STUCK, jam.stuck));
    return jam;
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
