package dev.priz.protocol;

import java.nio.ByteBuffer;

/** Frames for the benchmarks to read. */
final class Frames {
  private Frames() {}

  /**
   * Whole masked frames, one after another.
   *
   * @param payload of each
   * @return a direct buffer, ready to be read
   */
  static ByteBuffer fromClient(Opcode opcode, byte[] payload, int count) {
    var writer = new FrameWriter(Side.CLIENT, () -> 0x37fa213d, new Scratch());
    ByteBuffer frames =
        ByteBuffer.allocateDirect(count * (FrameWriter.MAX_HEADER_BYTES + payload.length));
    for (int i = 0; i < count; i++) {
      writer.write(opcode, true, false, payload, payload.length, frames);
    }
    return frames.flip();
  }
}
