package dev.priz.protocol;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Takes frames apart: a {@link FrameHeader}, then its payload, unmasked while it is copied out. */
final class FrameReader {
  private final FrameHeader header;
  private long remaining;
  private int turnedKey;

  FrameReader(Side side) {
    header = new FrameHeader(side);
  }

  FrameHeader header() {
    return header;
  }

  /** Whether the header is complete, so that the payload comes next. */
  boolean inPayload() {
    return header.isComplete();
  }

  /** Whether some bytes of a frame have arrived, and not yet all. */
  boolean inFrame() {
    return header.hasBegun();
  }

  /**
   * Reads on in the header.
   *
   * @param in borrowed
   * @return the broken rule, or null
   */
  @Nullable Violation receiveHeader(ByteBuffer in) {
    Violation violation = header.receive(in);
    if (violation == null && header.isComplete()) {
      remaining = header.payloadLength();
      turnedKey = header.maskKey();
    }
    return violation;
  }

  /** How many bytes of the payload are still to come. */
  long remaining() {
    return remaining;
  }

  /** How many bytes of the payload the input holds. */
  int available(ByteBuffer in) {
    return (int) Math.min(remaining, in.remaining());
  }

  /**
   * Copies the next payload bytes.
   *
   * @param in borrowed; holds at least {@code length} bytes
   * @param length at most {@link #available}
   * @param out borrowed; has room for them from {@code outFrom} on
   */
  void receivePayload(ByteBuffer in, int length, byte[] out, int outFrom) {
    Masking.copy(turnedKey, in, length, out, outFrom);
    turnedKey = Masking.turn(turnedKey, length);
    remaining -= length;
  }

  /** Turns to the next frame. */
  void endFrame() {
    assert remaining == 0 : remaining + " bytes left in the frame";
    header.reset();
  }
}
