package dev.priz.benchmarks;

import dev.priz.protocol.Opcode;
import java.nio.ByteBuffer;

/** Frames as a client sends them, made without the code that is measured. */
final class ClientFrames {
  private static final byte[] KEY = {0x37, (byte) 0xfa, 0x21, 0x3d};

  private ClientFrames() {}

  /**
   * Whole masked frames, one after another.
   *
   * @param payload at most 125 bytes
   * @return a direct buffer, ready to be read
   */
  static ByteBuffer of(Opcode opcode, byte[] payload, int count) {
    ByteBuffer frames = ByteBuffer.allocateDirect(count * (6 + payload.length));
    for (int i = 0; i < count; i++) {
      frames.put((byte) (0x80 | opcode.code())).put((byte) (0x80 | payload.length)).put(KEY);
      for (int at = 0; at < payload.length; at++) frames.put((byte) (payload[at] ^ KEY[at & 3]));
    }
    return frames.flip();
  }
}
