package dev.priz.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What came while a request was being answered: parts of further requests, or bytes behind a
 * handshake.
 */
final class EarlyInput {
  private static final int MAX_BYTES = 64 * 1024;

  private final Channel channel;
  private final Queue<Object> waiting = new ArrayDeque<>(1);
  private int bytes;
  // The last of these, with all bytes that came behind a handshake while it was being decided on.
  private @Nullable ByteBuf held;

  EarlyInput(Channel channel) {
    this.channel = channel;
  }

  /**
   * Adds a part of a further request.
   *
   * @param part taken
   */
  void add(Object part) {
    waiting.add(part);
  }

  /**
   * Adds what came behind a handshake.
   *
   * @param message borrowed
   * @return false if it is too much
   */
  boolean hold(Object message) {
    if (!(message instanceof ByteBuf more)) return true;
    bytes += more.readableBytes();
    if (bytes > MAX_BYTES) return false;
    // Copied, because a buffer that was read holds 2 KiB, be it for a single byte.
    if (held == null) {
      held = channel.alloc().buffer(more.readableBytes());
      waiting.add(held);
    }
    held.writeBytes(more);
    return true;
  }

  /** Hands out what came first, or null. */
  @Nullable Object poll() {
    return waiting.poll();
  }

  /** Drops all. */
  void release() {
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
  }
}
