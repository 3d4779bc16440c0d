package dev.priz.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that were read and that the connection has not taken yet, because its owner wants no more
 * events for now.
 */
final class Input {
  private @Nullable ArrayDeque<ByteBuf> held;

  boolean isEmpty() {
    return held == null;
  }

  /** Adds bytes at the end; takes the buffer. */
  void add(ByteBuf bytes) {
    if (held == null) held = new ArrayDeque<>(2);
    held.add(bytes);
  }

  /** The first buffer, which stays here, or null. */
  @Nullable ByteBuf first() {
    return held == null ? null : held.peek();
  }

  /** Releases the first buffer. */
  void removeFirst() {
    assert held != null : "empty";
    held.remove().release();
    if (held.isEmpty()) held = null;
  }

  /** Moves everything out of the pool, because it may be that nobody ever comes for it. */
  void moveToHeap() {
    if (held == null) return;
    var moved = new ArrayDeque<ByteBuf>(held.size());
    for (ByteBuf bytes : held) {
      moved.add(Unpooled.wrappedBuffer(ByteBufUtil.getBytes(bytes)));
      bytes.release();
    }
    held = moved;
  }

  /** Releases everything. */
  void discard() {
    while (held != null) removeFirst();
  }
}
