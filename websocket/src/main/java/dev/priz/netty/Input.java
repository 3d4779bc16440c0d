package dev.priz.netty;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Bytes that were read and that the connection has not taken yet, because its owner wants no more
 * events for now: copies, because it may be that nobody ever comes for them.
 */
final class Input {
  private final ArrayDeque<ByteBuffer> held = new ArrayDeque<>(2);

  /** The readable bytes of a buffer, by a view that is valid until the next one of it is made. */
  static ByteBuffer view(ByteBuf bytes) {
    return bytes.nioBufferCount() == 1
        ? bytes.internalNioBuffer(bytes.readerIndex(), bytes.readableBytes())
        : bytes.nioBuffer();
  }

  boolean isEmpty() {
    return held.isEmpty();
  }

  /** Adds a copy of what is left of a buffer. */
  void add(ByteBuffer bytes) {
    held.add(ByteBuffer.allocate(bytes.remaining()).put(bytes).flip());
  }

  /** The first buffer, which stays here. */
  ByteBuffer first() {
    return held.element();
  }

  /** Drops the first buffer. */
  void removeFirst() {
    held.remove();
  }
}
