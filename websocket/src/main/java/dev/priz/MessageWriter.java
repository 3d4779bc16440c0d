package dev.priz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.priz.protocol.Connection;
import java.io.IOException;
import java.io.Writer;

/**
 * A text message as a writer: a fragment for each full buffer and each flush, never one that cuts a
 * character in two.
 */
final class MessageWriter extends Writer {
  private static final int BUFFER_CHARS = 8 * 1024;

  private final OutgoingMessage message;
  private final StringBuilder buffer = new StringBuilder();
  private boolean closed;

  MessageWriter(OutgoingMessage message) {
    this.message = message;
  }

  @Override
  public void write(char[] chars, int offset, int length) throws IOException {
    checkOpen();
    buffer.append(chars, offset, length);
    if (buffer.length() >= BUFFER_CHARS) send(false);
  }

  @Override
  public void flush() throws IOException {
    checkOpen();
    if (!buffer.isEmpty()) send(false);
  }

  @Override
  public void close() throws IOException {
    if (closed) return;
    closed = true;
    send(true);
  }

  private void send(boolean last) throws IOException {
    int end = buffer.length();
    boolean cut = !last && end > 0 && Character.isHighSurrogate(buffer.charAt(end - 1));
    if (cut) end--;
    if (end == 0 && !last) return;
    String text = buffer.substring(0, end);
    buffer.delete(0, end);
    try {
      fragment(text, last);
    } catch (WebSocketException | IllegalArgumentException failure) {
      throw new IOException(failure.getMessage(), failure);
    }
  }

  private void fragment(String text, boolean last) {
    try {
      Connection.textBytes(text);
    } catch (IllegalArgumentException unpaired) {
      // The message must end all the same, or all others would wait behind it for ever.
      if (last) message.close();
      throw unpaired;
    }
    message.fragment(text.getBytes(UTF_8), last);
  }

  private void checkOpen() throws IOException {
    if (closed) throw new IOException("the message has ended");
  }
}
