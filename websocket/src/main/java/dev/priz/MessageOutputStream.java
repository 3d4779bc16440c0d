package dev.priz;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;

/** A binary message as a stream: a fragment for each full buffer and each flush. */
final class MessageOutputStream extends OutputStream {
  private static final int BUFFER_BYTES = 16 * 1024;

  private final OutgoingMessage message;
  private byte[] buffer = new byte[BUFFER_BYTES];
  private int size;
  private boolean closed;

  MessageOutputStream(OutgoingMessage message) {
    this.message = message;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    checkOpen();
    int from = offset;
    while (from < offset + length) {
      int part = Math.min(buffer.length - size, offset + length - from);
      System.arraycopy(bytes, from, buffer, size, part);
      size += part;
      from += part;
      if (size == buffer.length) send(false);
    }
  }

  @Override
  public void flush() throws IOException {
    checkOpen();
    if (size > 0) send(false);
  }

  @Override
  public void close() throws IOException {
    if (closed) return;
    closed = true;
    send(true);
  }

  private void send(boolean last) throws IOException {
    boolean full = size == buffer.length;
    byte[] payload = full ? buffer : Arrays.copyOf(buffer, size);
    if (full && !last) buffer = new byte[BUFFER_BYTES];
    size = 0;
    try {
      message.fragment(payload, last);
    } catch (WebSocketException failure) {
      throw new IOException(failure.getMessage(), failure);
    }
  }

  private void checkOpen() throws IOException {
    if (closed) throw new IOException("the message has ended");
  }
}
