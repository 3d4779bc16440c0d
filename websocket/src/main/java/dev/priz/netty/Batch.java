package dev.priz.netty;

import dev.priz.protocol.PreparedMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages that go to several links of one event loop, one after another. Their frames stand once
 * in one buffer, which all these links write from. For use on that loop; to be closed there.
 */
public final class Batch implements AutoCloseable {
  // For fewer, a copy into what they send anyway costs less than a buffer of its own.
  private static final int LEAST_SHARERS = 3;
  private static final int OVERHEAD_BYTES = 64;

  private final List<PreparedMessage> messages;
  private final boolean shared;
  private final int bytes;
  private @Nullable ByteBuf frames;

  /**
   * A batch.
   *
   * @param messages at least one, not to be changed
   * @param receivers about how many links it goes to
   */
  public Batch(List<PreparedMessage> messages, int receivers) {
    this.messages = messages;
    shared = receivers >= LEAST_SHARERS;
    int sum = 0;
    for (PreparedMessage message : messages) sum += message.size() + OVERHEAD_BYTES;
    bytes = sum;
  }

  /** What it weighs for one link. */
  int bytes() {
    return bytes;
  }

  List<PreparedMessage> messages() {
    return messages;
  }

  /** Whether its links write from one buffer. */
  boolean isShared() {
    return shared;
  }

  /** All frames, unmasked and not compressed; to be duplicated. */
  ByteBuf frames() {
    ByteBuf existing = frames;
    if (existing != null) return existing;
    int length = 0;
    for (PreparedMessage message : messages) length += message.frame().remaining();
    ByteBuf made = PooledByteBufAllocator.DEFAULT.directBuffer(length);
    for (PreparedMessage message : messages) made.writeBytes(message.frame());
    frames = made;
    return made;
  }

  /** Lets go of the buffer; links that have not written it yet keep it. */
  @Override
  public void close() {
    if (frames != null) frames.release();
    frames = null;
  }
}
