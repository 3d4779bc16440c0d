package dev.priz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.priz.protocol.Opcode;
import dev.priz.protocol.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message that is read while it arrives, of any size. The peer is held back while nobody reads.
 * For use by one thread at a time.
 *
 * {@snippet class="dev.priz.ReceivingExample" region="stream"}
 */
public final class IncomingMessage implements AutoCloseable {
  private final Inbox inbox;
  private final Opcode opcode;
  private final InputStream stream = new Stream();
  private Part part;
  private int read;

  private IncomingMessage(Inbox inbox, Part first) {
    this.inbox = inbox;
    opcode = first.opcode();
    part = first;
  }

  static @Nullable IncomingMessage next(Inbox inbox) {
    Part first = (Part) Waiting.take(inbox);
    return first == null ? null : new IncomingMessage(inbox, first);
  }

  /** {@link Opcode#TEXT} or {@link Opcode#BINARY}. */
  public Opcode opcode() {
    return opcode;
  }

  /**
   * The message's bytes, checked to be UTF-8 so far if it is text. The stream blocks for more, and
   * throws {@link IOException} if the connection ends before the message does.
   */
  public InputStream bytes() {
    return stream;
  }

  /** The message's characters; else as {@link #bytes}. */
  public Reader characters() {
    return new InputStreamReader(stream, UTF_8);
  }

  /**
   * Skips what is left of the message, so that the next one can be received; ends early if the
   * connection does.
   */
  @Override
  public void close() {
    while (!part.last()) {
      Part next = (Part) Waiting.take(inbox);
      if (next == null) return;
      part = next;
    }
    read = part.data().length;
  }

  // Whether there is a byte to read; waits for it.
  private boolean hasMore() throws IOException {
    while (read == part.data().length) {
      if (part.last()) return false;
      Part next = (Part) Waiting.take(inbox);
      if (next == null) throw new IOException("the connection ended inside the message");
      part = next;
      read = 0;
    }
    return true;
  }

  /** The bytes of one part after another. */
  private final class Stream extends InputStream {
    @Override
    public int read() throws IOException {
      return hasMore() ? part.data()[read++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, into.length);
      if (length == 0) return 0;
      if (!hasMore()) return -1;
      int count = Math.min(length, part.data().length - read);
      System.arraycopy(part.data(), read, into, offset, count);
      read += count;
      return count;
    }

    @Override
    public int available() {
      return part.data().length - read;
    }
  }
}
