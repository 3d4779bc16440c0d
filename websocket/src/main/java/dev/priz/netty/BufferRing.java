package dev.priz.netty;

import io.netty.channel.ChannelOption;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringBufferRingConfig;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import java.util.Map;

/**
 * The buffers of an io_uring event loop, from which the kernel takes when there is something to
 * read: an idle connection waits for input without one. Kernels before 5.19 have no such ring, and
 * there each connection waits with a buffer of its own.
 */
final class BufferRing {
  static final int BUFFER_BYTES = 64 * 1024;

  // A publication to ten thousand connections completes ten thousand writes in one turn; what does
  // not fit is kept by the kernel, with a warning and more work.
  private static final int COMPLETIONS = 16 * 1024;
  private static final short GROUP = 0;
  // All of them at once: a ring that grows when it first runs short does so at an unlucky moment of
  // some day, and does not shrink.
  private static final short BUFFERS = 32;

  private BufferRing() {}

  /** What has event loops make a ring, if the kernel can. */
  static IoUringIoHandlerConfig configuration() {
    var configuration = new IoUringIoHandlerConfig().setCqSize(COMPLETIONS);
    if (!IoUring.isRegisterBufferRingSupported()) return configuration;
    return configuration.setBufferRingConfig(
        IoUringBufferRingConfig.builder()
            .bufferGroupId(GROUP)
            .bufferRingSize(BUFFERS)
            .batchSize(BUFFERS)
            .allocator(new RingBuffer.Allocator(BUFFER_BYTES))
            .build());
  }

  /** The option that has a channel read into the ring; none if there is no ring. */
  static Map<ChannelOption<Short>, Short> option() {
    return IoUring.isRegisterBufferRingSupported()
        ? Map.of(IoUringChannelOption.IO_URING_BUFFER_GROUP_ID, GROUP)
        : Map.of();
  }
}
