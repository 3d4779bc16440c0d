package dev.priz.netty;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Direct buffers that the connections of an event loop use in turn: one to read into, and small
 * ones for what goes out. A buffer comes back here when it is released and keeps its views, so that
 * a message makes no garbage on its way. One that is lost is only garbage, because the JVM owns its
 * memory.
 */
final class LoopBuffers {
  /** The size of the smaller buffers for output. */
  static final int SMALL_BYTES = 512;

  /** The size of the bigger buffers for output. */
  static final int WRITE_BYTES = 4 * 1024;

  static final int READ_BYTES = 64 * 1024;
  private static final int MAX_SPARE_SMALL = 4_096;
  private static final int MAX_SPARE = 256;

  private final Spares<Lent> spareSmall = new Spares<>(MAX_SPARE_SMALL);
  private final Spares<Lent> spare = new Spares<>(MAX_SPARE);
  private @Nullable Lent reading;

  /**
   * An empty buffer that cannot grow.
   *
   * @param bytes what it needs room for, at most {@link #WRITE_BYTES}
   */
  ByteBuf forWriting(int bytes) {
    boolean small = bytes <= SMALL_BYTES;
    Lent lent = (small ? spareSmall : spare).take();
    return lent == null ? new Lent(this, small ? SMALL_BYTES : WRITE_BYTES) : lent.again();
  }

  /** An empty buffer of {@link #READ_BYTES}, to be released before the next read. */
  ByteBuf forReading() {
    Lent lent = reading;
    reading = null;
    return lent == null ? new Lent(this, READ_BYTES) : lent.again();
  }

  /** Lets go of as many buffers for output as were not needed since the last call. */
  void trim() {
    spareSmall.trim();
    spare.trim();
  }

  private void takeBack(Lent lent) {
    switch (lent.capacity()) {
      case READ_BYTES -> reading = lent;
      case SMALL_BYTES -> spareSmall.keep(lent);
      default -> spare.keep(lent);
    }
  }

  /** A buffer that goes back where it came from. */
  private static final class Lent extends ReusedBuffer {
    private final LoopBuffers home;

    Lent(LoopBuffers home, int bytes) {
      super(ByteBuffer.allocateDirect(bytes));
      this.home = home;
    }

    Lent again() {
      useAgain();
      return this;
    }

    @Override
    void keep() {
      home.takeBack(this);
    }
  }
}
