package dev.priz.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.uring.IoUringBufferRingAllocator;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * A buffer of an io_uring event loop that the kernel fills bit by bit, for one connection after the
 * other. What each has got is a slice; buffer and slices are used again, so that a read makes no
 * garbage.
 */
final class RingBuffer extends ReusedBuffer {
  private static final int MAX_SPARE = 64;
  private static final FastThreadLocal<Spares<RingBuffer>> HOME =
      new FastThreadLocal<>() {
        @Override
        protected Spares<RingBuffer> initialValue() {
          return new Spares<>(MAX_SPARE);
        }
      };

  private final ByteBuffer memory;
  private final Spares<RingBuffer> home;
  private final ArrayDeque<Slice> spare = new ArrayDeque<>(2);

  private RingBuffer(ByteBuffer memory, Spares<RingBuffer> home) {
    super(memory);
    this.memory = memory;
    this.home = home;
  }

  /** Lets go of as many spare buffers of the event loop that asks as were not needed lately. */
  static void trim() {
    HOME.get().trim();
  }

  /** Gives the buffers of the ring of the event loop that asks. */
  static final class Allocator implements IoUringBufferRingAllocator {
    private final int bytes;

    Allocator(int bytes) {
      this.bytes = bytes;
    }

    @Override
    public ByteBuf allocate() {
      Spares<RingBuffer> home = HOME.get();
      RingBuffer used = home.take();
      if (used == null) return new RingBuffer(ByteBuffer.allocateDirect(bytes), home);
      used.useAgain();
      return used;
    }

    @Override
    public void allocateBatch(Consumer<ByteBuf> consumer, int number) {
      for (int i = 0; i < number; i++) consumer.accept(allocate());
    }

    @Override
    public void lastBytesRead(int attempted, int actual) {}
  }

  @Override
  public ByteBuf retainedSlice(int index, int length) {
    retain();
    Slice used = spare.poll();
    return (used == null ? new Slice(this) : used).at(index, length);
  }

  @Override
  void keep() {
    home.keep(this);
  }

  /** Some bytes of a ring buffer, at the indices that they have there; nothing can be written. */
  private static final class Slice extends ReusedBuffer {
    private final RingBuffer whole;
    // How much of the whole stands behind the slice.
    private int hidden;

    Slice(RingBuffer whole) {
      super(whole.memory.duplicate().clear());
      this.whole = whole;
    }

    Slice at(int index, int length) {
      useAgain();
      int end = index + length;
      hidden = whole.capacity() - end;
      setIndex(index, end);
      return this;
    }

    @Override
    public int capacity() {
      return super.capacity() - hidden;
    }

    @Override
    public int maxCapacity() {
      return capacity();
    }

    @Override
    public ByteBuf capacity(int newCapacity) {
      throw new UnsupportedOperationException("a slice cannot grow");
    }

    // What stands before the slice belongs to others.
    @Override
    public ByteBuf discardReadBytes() {
      return this;
    }

    @Override
    public ByteBuf discardSomeReadBytes() {
      return this;
    }

    @Override
    void keep() {
      whole.spare.push(this);
    }

    @Override
    protected void deallocate() {
      super.deallocate();
      whole.release();
    }
  }
}
