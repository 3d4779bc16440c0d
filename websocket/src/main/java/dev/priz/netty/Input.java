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
  private int bytes;

  /** The readable bytes of a buffer, by a view that is valid until the next one of it is made. */
  static ByteBuffer view(ByteBuf bytes) {
    return bytes.nioBufferCount() == 1
        ? bytes.internalNioBuffer(bytes.readerIndex(), bytes.readableBytes())
        : bytes.nioBuffer();
  }

  /** How much memory the buffers take. */
  int bytes() {
    return bytes;
  }

  boolean isEmpty() {
    return held.isEmpty();
  }

  /** Adds a copy of what is left of a buffer. */
  void add(ByteBuffer more) {
    int count = more.remaining();
    held.add(ByteBuffer.allocate(count).put(more).flip());
    bytes += count;
  }

  /** The first buffer, which stays here. */
  ByteBuffer first() {
    return held.element();
  }

  /** Drops the first buffer. */
  void removeFirst() {
    bytes -= held.remove().capacity();
  }
}
