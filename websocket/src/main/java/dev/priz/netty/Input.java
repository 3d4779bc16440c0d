package dev.priz.netty;

import io.netty.buffer.ByteBuf;
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

  /** Releases everything. */
  void discard() {
    while (held != null) removeFirst();
  }
}
