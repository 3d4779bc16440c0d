package dev.priz.protocol;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Takes frames apart: a header, then its payload, unmasked while it is copied out. It is its own
 * header, because with thousands of connections each object that a message passes through is one
 * that the processor does not have at hand.
 */
final class FrameReader extends FrameHeader {
  private long remaining;
  private int turnedKey;

  FrameReader(Side side) {
    super(side);
  }

  /** Whether the header is complete, so that the payload comes next. */
  boolean inPayload() {
    return isComplete();
  }

  /** Whether some bytes of a frame have arrived, and not yet all. */
  boolean inFrame() {
    return hasBegun();
  }

  /**
   * Reads on in the header.
   *
   * @param in borrowed
   * @return the broken rule, or null
   */
  @Nullable Violation receiveHeader(ByteBuffer in) {
    Violation violation = receive(in);
    if (violation == null && isComplete()) {
      remaining = payloadLength();
      turnedKey = maskKey();
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
    took(length);
  }

  /**
   * Copies as {@link #receivePayload} does, for someone who may not take it all.
   *
   * @param out borrowed; has room for them
   */
  void peekPayload(ByteBuffer in, int length, byte[] out) {
    int from = in.position();
    Masking.copy(turnedKey, in, length, out, 0);
    in.position(from);
  }

  /** Drops payload bytes that were looked at. */
  void skipPayload(ByteBuffer in, int length) {
    in.position(in.position() + length);
    took(length);
  }

  /** Turns to the next frame. */
  void endFrame() {
    assert remaining == 0 : remaining + " bytes left in the frame";
    reset();
  }

  private void took(int length) {
    turnedKey = Masking.turn(turnedKey, length);
    remaining -= length;
  }
}
