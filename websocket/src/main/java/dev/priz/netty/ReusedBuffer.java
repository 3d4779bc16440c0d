package dev.priz.netty;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledDirectByteBuf;
import java.nio.ByteBuffer;

/**
 * A direct buffer that its event loop uses again once it is released, with its views. One that is
 * lost is only garbage, because the JVM owns its memory.
 */
abstract class ReusedBuffer extends UnpooledDirectByteBuf {
  private final Thread loop = Thread.currentThread();
  // Asked for at each write, and found out at some cost.
  private final long address;

  /** A buffer of the event loop that asks, empty and in use. */
  ReusedBuffer(ByteBuffer memory) {
    super(UnpooledByteBufAllocator.DEFAULT, memory, memory.capacity());
    address = super.hasMemoryAddress() ? super.memoryAddress() : 0;
    clear();
  }

  /** Makes a released buffer an empty one in use. */
  final void useAgain() {
    resetRefCnt();
    clear();
  }

  /** Keeps the buffer until it is used again; called by its loop. */
  abstract void keep();

  @Override
  public final boolean hasMemoryAddress() {
    return address != 0;
  }

  @Override
  public final long memoryAddress() {
    return address;
  }

  @Override
  protected void deallocate() {
    // Once the loop has ended, what its channels still held is released elsewhere.
    if (Thread.currentThread() == loop) keep();
  }
}
