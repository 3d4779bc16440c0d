package dev.priz.conformance.interop;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.priz.protocol.Binary;
import dev.priz.protocol.CloseCode;
import dev.priz.protocol.Message;
import dev.priz.protocol.Pong;
import dev.priz.protocol.Text;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** What one end of a connection hears, in order, and how the connection ends for it. */
final class Heard {
  /** How long a test waits for anything. */
  static final int DEADLINE_SECONDS = 10;

  private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
  private final CompletableFuture<Ending> ending = new CompletableFuture<>();

  /**
   * How a connection ended in the eyes of one end.
   *
   * @param code the close code, {@link CloseCode#ABNORMAL} if the end came without a Close frame
   * @param reason from the Close frame, or what else the library says
   */
  record Ending(int code, String reason) {}

  /** Hears a message or a control frame. */
  void add(Message message) {
    messages.add(message);
  }

  /** Hears a text message. */
  void text(String text) {
    add(new Text(text));
  }

  /** Hears a binary message, which is borrowed. */
  void binary(ByteBuffer data) {
    add(new Binary(bytes(data)));
  }

  /** Hears a Pong, which is borrowed. */
  void pong(ByteBuffer data) {
    add(new Pong(bytes(data)));
  }

  /** Hears the end; the first one counts. */
  void end(int code, String reason) {
    ending.complete(new Ending(code, reason));
  }

  /**
   * Hears the end without a Close frame, in the words of an exception; unless it has heard another
   * end before.
   */
  void end(Throwable failure) {
    end(CloseCode.ABNORMAL, failure.toString());
  }

  /** The next message or control frame; waits for it. */
  Message next() throws InterruptedException {
    Message next = messages.poll(DEADLINE_SECONDS, SECONDS);
    if (next == null) {
      throw new AssertionError(
          "nothing heard in " + DEADLINE_SECONDS + " s, the end: " + ending.getNow(null));
    }
    return next;
  }

  /** How the connection ended; waits for it. */
  Ending ending() throws Exception {
    return ending.get(DEADLINE_SECONDS, SECONDS);
  }

  @Override
  public String toString() {
    return messages + " " + ending;
  }

  private static byte[] bytes(ByteBuffer data) {
    byte[] bytes = new byte[data.remaining()];
    data.duplicate().get(bytes);
    return bytes;
  }
}
