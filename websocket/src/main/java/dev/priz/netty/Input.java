package dev.priz.netty;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that were read and that the connection has not taken yet, because its owner wants no more
 * events for now: copies, because it may be that nobody ever comes for them.
 */
final class Input {
  private @Nullable ArrayDeque<ByteBuffer> held;

  /** The readable bytes of a buffer, by a view that is valid until the next one of it is made. */
  static ByteBuffer view(ByteBuf bytes) {
    return bytes.nioBufferCount() == 1
        ? bytes.internalNioBuffer(bytes.readerIndex(), bytes.readableBytes())
        : bytes.nioBuffer();
  }

  boolean isEmpty() {
    return held == null;
  }

  /** Adds a copy of what is left of a buffer. */
  void add(ByteBuffer bytes) {
    if (held == null) held = new ArrayDeque<>(2);
    held.add(ByteBuffer.allocate(bytes.remaining()).put(bytes).flip());
  }

  /** The first buffer, which stays here, or null. */
  @Nullable ByteBuffer first() {
    return held == null ? null : held.peek();
  }

  /** Drops the first buffer. */
  void removeFirst() {
    assert held != null : "empty";
    held.remove();
    if (held.isEmpty()) held = null;
  }

  /** Drops everything. */
  void discard() {
    held = null;
  }
}
