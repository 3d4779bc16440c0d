package dev.priz.netty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;

/**
 * A socket in memory that knows how much is held in buffers, and in the end sees that it is none.
 */
final class CountedSocket implements AutoCloseable {
  final FakeSocket channel = new FakeSocket();
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);
  private final StringBuilder sent = new StringBuilder();

  CountedSocket() {
    channel.config().setAllocator(allocator);
  }

  /** Has the pipeline read bytes, unless it has closed the channel. */
  void receive(byte[] bytes) {
    if (!channel.isOpen()) return;
    // As large as that of a socket that speaks HTTP.
    if (bytes.length > 0) channel.writeInbound(allocator.ioBuffer(2_048).writeBytes(bytes));
    settle();
  }

  /** Does what is to be done, and takes what is to be sent. */
  void settle() {
    channel.runPendingTasks();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      sent.append(part.toString(ISO_8859_1));
      part.release();
    }
  }

  /** What was sent so far. */
  String sent() {
    return sent.toString();
  }

  /** How many bytes the buffers have that were not released yet. */
  long heldBytes() {
    ByteBufAllocatorMetric metric = allocator.metric();
    return metric.usedHeapMemory() + metric.usedDirectMemory();
  }

  /** Loses the connection. */
  @Override
  public void close() {
    channel.close();
    settle();
    channel.finishAndReleaseAll();
    // What the connections of a thread share belongs to the loop of this channel.
    FastThreadLocal.removeAll();
    assertThat(heldBytes()).as("bytes in buffers that nobody released").isZero();
  }
}
