package dev.priz.protocol;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Collects the payload of a control frame, which may stand between the fragments of a message (RFC
 * 6455 §5.5).
 */
final class InboundControl {
  private static final byte[] NOTHING = {};

  private final Limits limits;
  // Made for the first frame, because most connections never see one.
  private @Nullable ControlFrameRate rate;
  private byte[] payload = NOTHING;
  private int size;

  InboundControl(Limits limits) {
    this.limits = limits;
  }

  /**
   * Takes the header of a control frame.
   *
   * @return the broken rule, or null
   */
  @Nullable Violation begin(FrameHeader header, long nowNanos) {
    // A Close frame is the last one anyway.
    if (header.opcode() != Opcode.CLOSE && !admit(nowNanos)) {
      return Violation.TOO_MANY_CONTROL_FRAMES;
    }
    int length = (int) header.payloadLength();
    payload = length == 0 ? NOTHING : new byte[length];
    size = 0;
    return null;
  }

  /** Stores what the input has of the payload; true once it is complete. */
  boolean receive(FrameReader frame, ByteBuffer in) {
    int length = frame.available(in);
    frame.receivePayload(in, length, payload, size);
    size += length;
    return size == payload.length;
  }

  /** Hands out the complete payload. */
  byte[] take() {
    byte[] taken = payload;
    payload = NOTHING;
    return taken;
  }

  private boolean admit(long nowNanos) {
    if (rate == null) rate = new ControlFrameRate(limits, nowNanos);
    return rate.admit(nowNanos);
  }
}
