package dev.priz.netty;

import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * A handler that wants to be called at a time; a node in the lists of its loop's {@link Deadlines}.
 */
abstract class TimedHandler extends ChannelInboundHandlerAdapter {
  @Nullable TimedHandler previous;
  @Nullable TimedHandler next;
  // The slot that this is in, -1 for none.
  int slot = -1;
  // The deadline that it was put there for.
  long slotNanos;

  /**
   * When {@link #deadlineReached} is due, or {@link dev.priz.protocol.Connection#NO_DEADLINE}; may
   * move later at any time, and earlier if {@link Deadlines#advance} is told.
   */
  abstract long deadlineNanos();

  /** Called on the event loop once the deadline has passed. */
  abstract void deadlineReached(long nowNanos);
}
