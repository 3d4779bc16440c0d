package dev.priz.protocol;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The header of one frame (RFC 6455 §5.2), read from pieces of any size; one object serves all
 * frames of a connection. Each rule is checked at the first byte that can break it.
 */
sealed class FrameHeader permits FrameReader {
  private static final int MAX_CONTROL_BYTES = 125;
  private static final int LENGTH_IN_16_BITS = 126;
  private static final int LENGTH_IN_64_BITS = 127;
  private static final int MASK_BYTES = 4;
  private static final int RESERVED_BITS = 0x70;
  private static final int RSV1 = 0x40;

  private final Side side;
  private boolean mayCompress;
  private boolean fin;
  private boolean compressed;
  private Opcode opcode = Opcode.CONTINUATION;
  private long payloadLength;
  private int maskKey;
  private int received;
  // Where the mask key starts and where the header ends: known after two bytes.
  private int maskAt;
  private int end = Integer.MAX_VALUE;

  /**
   * A header in the frames that this side receives.
   *
   * @param side the receiver's
   */
  FrameHeader(Side side) {
    this.side = side;
  }

  /** Lets the first frame of a message say that it is compressed (RFC 7692 §6). */
  final void mayCompress() {
    mayCompress = true;
  }

  /**
   * Reads on until the header is complete or the input ends.
   *
   * @param in borrowed, big-endian
   * @return the broken rule, or null
   */
  @Nullable Violation receive(ByteBuffer in) {
    if (received == 0 && in.remaining() >= 2 + MASK_BYTES) {
      Violation violation = receiveStart(in);
      if (violation != null) return violation;
    }
    while (!isComplete() && in.hasRemaining()) {
      Violation violation = receiveByte(in.get() & 0xFF);
      if (violation != null) return violation;
    }
    return null;
  }

  boolean isComplete() {
    return received == end;
  }

  /** Whether some bytes of the header have arrived. */
  boolean hasBegun() {
    return received > 0;
  }

  /** Makes this the header of the next frame. */
  void reset() {
    received = 0;
    end = Integer.MAX_VALUE;
    maskKey = 0;
  }

  /** The receiver's side. */
  Side side() {
    return side;
  }

  boolean fin() {
    return fin;
  }

  /** Whether the message that begins with this frame is compressed. */
  final boolean compressed() {
    return compressed;
  }

  Opcode opcode() {
    return opcode;
  }

  long payloadLength() {
    return payloadLength;
  }

  /** The mask key, most significant byte first, or 0 where frames come unmasked. */
  int maskKey() {
    return maskKey;
  }

  // The same as receiveByte, several bytes at once: the way of nearly all frames.
  private @Nullable Violation receiveStart(ByteBuffer in) {
    int at = in.position();
    Violation violation = receiveFirst(in.get(at) & 0xFF);
    if (violation == null) violation = receiveSecond(in.get(at + 1) & 0xFF);
    if (violation != null) return violation;
    received = 2;
    if (maskAt == 2 && end == 2 + MASK_BYTES) {
      maskKey = in.getInt(at + 2);
      received = end;
    }
    in.position(at + received);
    return null;
  }

  private @Nullable Violation receiveByte(int next) {
    int at = received++;
    if (at == 0) return receiveFirst(next);
    if (at == 1) return receiveSecond(next);
    if (at >= maskAt) {
      maskKey = maskKey << 8 | next;
      return null;
    }
    // RFC 6455 §5.2: "the most significant bit MUST be 0"
    if (at == 2 && maskAt == 10 && next >= 0x80) return Violation.LENGTH_NEGATIVE;
    payloadLength = payloadLength << 8 | next;
    return at == maskAt - 1 ? checkMinimal() : null;
  }

  private @Nullable Violation receiveFirst(int first) {
    // RFC 6455 §5.2: RSV1-3 "MUST be 0 unless an extension is negotiated that defines meanings"
    int reserved = first & RESERVED_BITS;
    if (reserved != 0 && !(mayCompress && reserved == RSV1)) return Violation.RESERVED_BIT;
    Opcode known = Opcode.of(first);
    if (known == null) return Violation.RESERVED_OPCODE;
    compressed = reserved != 0;
    // RFC 7692 §6.1: the bit is for "the first frame" of a data message.
    if (compressed && (known.isControl() || known == Opcode.CONTINUATION)) {
      return Violation.RESERVED_BIT;
    }
    fin = (first & 0x80) != 0;
    opcode = known;
    if (known.isControl() && !fin) return Violation.FRAGMENTED_CONTROL;
    return null;
  }

  private @Nullable Violation receiveSecond(int second) {
    boolean masked = (second & 0x80) != 0;
    // RFC 6455 §5.1: a server closes "upon receiving a frame that is not masked", a client on "a
    // masked frame"
    if (masked && side == Side.CLIENT) return Violation.MASKED_FRAME;
    if (!masked && side == Side.SERVER) return Violation.UNMASKED_FRAME;
    int length = second & 0x7F;
    if (opcode.isControl() && length > MAX_CONTROL_BYTES) return Violation.CONTROL_TOO_LONG;
    maskAt = length == LENGTH_IN_64_BITS ? 10 : length == LENGTH_IN_16_BITS ? 4 : 2;
    end = masked ? maskAt + MASK_BYTES : maskAt;
    payloadLength = maskAt == 2 ? length : 0;
    return null;
  }

  private @Nullable Violation checkMinimal() {
    // RFC 6455 §5.2: "the minimal number of bytes MUST be used to encode the length"
    long least = maskAt == 4 ? LENGTH_IN_16_BITS : 0x10000;
    return payloadLength < least ? Violation.LENGTH_NOT_MINIMAL : null;
  }
}
