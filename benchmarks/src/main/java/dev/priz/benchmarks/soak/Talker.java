package dev.priz.benchmarks.soak;

import dev.priz.ConnectionClosedException;
import dev.priz.OutgoingMessage;
import dev.priz.WebSocket;
import dev.priz.protocol.Binary;
import dev.priz.protocol.Message;
import dev.priz.protocol.Opcode;
import dev.priz.protocol.Text;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A peer that behaves well: sends a message, gets it back, and one day leaves. The pacer's thread
 * calls its methods; what the server does comes on the event loop.
 */
final class Talker {
  private static final long PATIENCE_NANOS = 30_000_000_000L;
  private static final int MOST_FRAGMENTS = 6;

  private final WebSocket ws;
  private final Tally tally;
  private final Consumer<Talker> ended;
  private volatile @Nullable Message awaited;
  private volatile boolean leaving;
  private long askedNanos;
  private boolean complained;

  /**
   * A peer on an open connection.
   *
   * @param ended called once the connection has ended, on the event loop
   */
  Talker(WebSocket ws, Tally tally, Consumer<Talker> ended) {
    this.ws = ws;
    this.tally = tally;
    this.ended = ended;
  }

  /** Begins to listen. */
  void listen() {
    ws.onMessage(this::hear).onError(ignored -> {}).onClose(closed -> end());
  }

  /** Sends a message, in fragments perhaps, unless the echo of the last one is missing. */
  void speak(Message message, SplittableRandom random, long nowNanos) {
    if (leaving) return;
    if (awaited != null) {
      complain(nowNanos);
      return;
    }
    askedNanos = nowNanos;
    awaited = message;
    try {
      if (random.nextInt(10) == 0) {
        sendInFragments(message, random);
      } else {
        ws.sendAsync(message);
      }
    } catch (ConnectionClosedException itsEndIsToldSoon) {
      // Counted as lost by then.
    }
  }

  /** Ends the connection: mostly as one should, else all of a sudden. */
  void leave(SplittableRandom random) {
    leaving = true;
    if (random.nextInt(4) > 0) {
      ws.closeAsync(1000, "");
    } else {
      ws.abort();
    }
  }

  private void complain(long nowNanos) {
    if (complained || nowNanos - askedNanos < PATIENCE_NANOS) return;
    complained = true;
    tally.count(Figure.UNANSWERED);
  }

  private void sendInFragments(Message message, SplittableRandom random) {
    int count = random.nextInt(2, MOST_FRAGMENTS + 1);
    switch (message) {
      case Text text -> {
        try (OutgoingMessage parts = ws.sendFragments(Opcode.TEXT)) {
          sendText(parts, text.text(), count);
        }
      }
      case Binary binary -> {
        try (OutgoingMessage parts = ws.sendFragments(Opcode.BINARY)) {
          sendBytes(parts, binary.data(), count);
        }
      }
      default -> throw new AssertionError("not in the repertoire: " + message);
    }
  }

  private static void sendText(OutgoingMessage parts, String text, int count) {
    int from = 0;
    for (int i = 1; i <= count; i++) {
      int to = (int) ((long) text.length() * i / count);
      // Not between the halves of a character.
      if (to < text.length() && Character.isLowSurrogate(text.charAt(to))) to++;
      if (to > from) parts.send(text.substring(from, to));
      from = Math.max(from, to);
    }
  }

  private static void sendBytes(OutgoingMessage parts, byte[] data, int count) {
    for (int i = 0; i < count; i++) {
      parts.send(Arrays.copyOfRange(data, data.length * i / count, data.length * (i + 1) / count));
    }
  }

  private void hear(Message echo) {
    if (!echo.equals(awaited)) tally.count(Figure.WRONG);
    awaited = null;
  }

  private void end() {
    if (!leaving) tally.count(Figure.LOST);
    ended.accept(this);
  }
}
