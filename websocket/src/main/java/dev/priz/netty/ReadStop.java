package dev.priz.netty;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.uring.IoUringIoHandle;
import io.netty.channel.uring.IoUringIoOps;
import org.jspecify.annotations.Nullable;

/**
 * Keeps Netty's io_uring from reading on for a channel that was told to stop. When the loop's
 * buffers were all in use, it submits the next read without asking, and a peer that is fast enough
 * has it do so for ever.
 *
 * <p>What prevents that is an operation before that read that fails and to which it is linked: the
 * kernel then cancels the read, and Netty takes that as it takes any read that was cancelled. A
 * channel that is being closed submits no read; so another operation follows, which does nothing
 * and is the one to be cancelled then.
 */
final class ReadStop implements IoUringIoHandle {
  private static final byte NOTHING = 0;
  private static final byte ASYNC_CANCEL = 14;
  private static final byte LINKED_TO_NEXT = 1 << 2;
  // Of an operation to cancel: there is none, so that this fails.
  private static final long NOBODY = -1;

  private final EventLoop loop;
  private @Nullable IoRegistration registration;

  ReadStop(EventLoop loop) {
    this.loop = loop;
  }

  /**
   * Has the next read of a channel cancelled, if it submits one; to be called when there was no
   * buffer for the last.
   */
  void cancelNext(Channel channel) {
    if (!(channel.config().getRecvByteBufAllocator() instanceof SocketReads reads)) return;
    if (registration == null) registration = ((IoEventLoop) loop).register(this).getNow();
    submit(ASYNC_CANCEL, LINKED_TO_NEXT);
    // Netty submits the read now, or not, and resets the handle of a complete read right after.
    reads.whenReset(this::endLink);
    channel.unsafe().recvBufAllocHandle().readComplete();
  }

  @Override
  public void handle(IoRegistration ofThis, IoEvent done) {}

  @Override
  public void close() {
    if (registration != null) registration.cancel();
  }

  private void endLink() {
    submit(NOTHING, (byte) 0);
  }

  private void submit(byte operation, byte flags) {
    IoRegistration registered = registration;
    if (registered == null) return;
    short none = 0;
    registered.submit(
        new IoUringIoOps(operation, flags, none, -1, 0, NOBODY, 0, 0, 0L, none, none, 0, 0));
  }
}
