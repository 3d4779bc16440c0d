package dev.priz.netty;

import dev.priz.protocol.Connection;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Notices a peer that takes nothing of what waits for it. */
final class StallWatch {
  static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(10);

  // What the head of the queue was at the last look; while it does not change, nothing moves.
  private boolean watching;
  private @Nullable Object head;
  private long progress;
  private long sinceNanos;

  /** Begins to watch a queue that has become too long. */
  void begin(@Nullable ChannelOutboundBuffer queue, long nowNanos) {
    look(queue);
    watching = true;
    sinceNanos = nowNanos;
  }

  /** Stops watching. */
  void end() {
    watching = false;
    head = null;
  }

  /** When to call {@link #isStalled}. */
  long deadlineNanos() {
    return !watching ? Connection.NO_DEADLINE : sinceNanos + STALL_NANOS;
  }

  /** Whether the queue has not moved for ten seconds. */
  boolean isStalled(@Nullable ChannelOutboundBuffer queue, long nowNanos) {
    if (!watching || nowNanos - deadlineNanos() < 0) return false;
    if (!look(queue)) return true;
    sinceNanos = nowNanos;
    return false;
  }

  // Two buffers of the same content are not the same buffer.
  @SuppressWarnings("ReferenceEquality")
  private boolean look(@Nullable ChannelOutboundBuffer queue) {
    Object nowHead = queue == null ? null : queue.current();
    long nowProgress = queue == null ? 0 : queue.currentProgress();
    boolean moved = nowHead != head || nowProgress != progress;
    head = nowHead;
    progress = nowProgress;
    return moved;
  }
}
