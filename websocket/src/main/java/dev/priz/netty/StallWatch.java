package dev.priz.netty;

import io.netty.channel.ChannelOutboundBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Notices a peer that takes nothing, or next to nothing, of what waits for it: for as long as the
 * limit neither a whole buffer of the queue nor {@link #LEAST_BYTES} of the first.
 */
final class StallWatch {
  static final int LEAST_BYTES = 10 * 1024;
  private static final int LOOKS = 8;

  private final long limitNanos;
  // The head of the queue when it last moved, and how much of it had been written.
  private @Nullable Object head;
  private long progress;
  private long movedNanos;
  private long lookNanos;

  /** Begins to watch a queue that has become too long. */
  StallWatch(Duration limit, @Nullable ChannelOutboundBuffer queue, long nowNanos) {
    limitNanos = limit.toNanos();
    movedNanos = nowNanos;
    look(queue, nowNanos);
  }

  /** When to call {@link #isStalled}, which is several times within the limit. */
  long deadlineNanos() {
    return lookNanos;
  }

  /** Whether the queue has not moved for as long as the limit. */
  boolean isStalled(@Nullable ChannelOutboundBuffer queue, long nowNanos) {
    if (nowNanos - lookNanos < 0) return false;
    look(queue, nowNanos);
    return nowNanos - movedNanos >= limitNanos;
  }

  // Two buffers of the same content are not the same buffer.
  @SuppressWarnings("ReferenceEquality")
  private void look(@Nullable ChannelOutboundBuffer queue, long nowNanos) {
    lookNanos = nowNanos + limitNanos / LOOKS;
    Object nowHead = queue == null ? null : queue.current();
    long nowProgress = queue == null ? 0 : queue.currentProgress();
    if (nowHead == head && nowProgress - progress < LEAST_BYTES) return;
    head = nowHead;
    progress = nowProgress;
    movedNanos = nowNanos;
  }
}
