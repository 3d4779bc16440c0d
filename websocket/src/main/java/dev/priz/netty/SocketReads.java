package dev.priz.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How much a channel without TLS reads at once, and into what: a small buffer of its own as long as
 * it speaks HTTP, whose decoder may keep it, and then the one that {@linkplain LoopBuffers its
 * loop} lends to all.
 */
final class SocketReads implements RecvByteBufAllocator, RecvByteBufAllocator.ExtendedHandle {
  private static final int HTTP_BYTES = 2 * 1024;
  private static final int MAX_READS = 16;

  private final boolean mayBorrow;
  private @Nullable LoopBuffers buffers;
  private @Nullable ChannelConfig config;
  private @Nullable Runnable whenReset;
  private int reads;
  private int attemptedBytes;
  private int lastBytes;

  /**
   * Reads of a new channel.
   *
   * @param mayBorrow false if the transport wants the buffer before there is anything to read
   */
  SocketReads(boolean mayBorrow) {
    this.mayBorrow = mayBorrow;
  }

  /** From now on, reads into what the loop lends. */
  void borrowFrom(LoopBuffers lender) {
    if (mayBorrow) buffers = lender;
  }

  /** Has an action run once, when the transport is done with the read that it is at. */
  void whenReset(Runnable action) {
    whenReset = action;
  }

  @Override
  @SuppressWarnings("deprecation")
  public Handle newHandle() {
    return this;
  }

  @Override
  public ByteBuf allocate(ByteBufAllocator allocator) {
    LoopBuffers lender = buffers;
    return lender == null ? allocator.ioBuffer(HTTP_BYTES) : lender.forReading();
  }

  @Override
  public int guess() {
    return buffers == null ? HTTP_BYTES : LoopBuffers.READ_BYTES;
  }

  @Override
  public void reset(ChannelConfig ofChannel) {
    config = ofChannel;
    reads = 0;
    Runnable action = whenReset;
    if (action == null) return;
    whenReset = null;
    action.run();
  }

  @Override
  public void incMessagesRead(int more) {
    reads += more;
  }

  @Override
  public void attemptedBytesRead(int bytes) {
    attemptedBytes = bytes;
  }

  @Override
  public int attemptedBytesRead() {
    return attemptedBytes;
  }

  @Override
  public void lastBytesRead(int bytes) {
    lastBytes = bytes;
  }

  @Override
  public int lastBytesRead() {
    return lastBytes;
  }

  @Override
  public boolean continueReading() {
    return mayContinue() && attemptedBytes == lastBytes;
  }

  @Override
  public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
    return mayContinue() && maybeMore.get();
  }

  @Override
  public void readComplete() {}

  // Others have their turn, too.
  private boolean mayContinue() {
    return reads < MAX_READS && lastBytes > 0 && config != null && config.isAutoRead();
  }
}
