package dev.priz.protocol;

import java.nio.ByteBuffer;
import java.util.function.IntSupplier;

/** Puts frames together (RFC 6455 §5.2) in the shortest form, masked on the client's side. */
final class FrameWriter {
  static final int MAX_HEADER_BYTES = 14;

  private final Side side;
  private final IntSupplier maskKeys;

  /**
   * A writer for one side.
   *
   * @param maskKeys gives unpredictable keys; asked once for each frame, and by clients only
   */
  FrameWriter(Side side, IntSupplier maskKeys) {
    this.side = side;
    this.maskKeys = maskKeys;
  }

  /**
   * Writes a header.
   *
   * @param out borrowed, big-endian, with room for {@link #MAX_HEADER_BYTES}
   * @return the key that the payload is to be masked with, 0 for a server
   */
  int writeHeader(Opcode opcode, boolean fin, int payloadLength, ByteBuffer out) {
    out.put((byte) (fin ? 0x80 | opcode.code() : opcode.code()));
    int maskBit = side == Side.CLIENT ? 0x80 : 0;
    if (payloadLength < 126) {
      out.put((byte) (maskBit | payloadLength));
    } else if (payloadLength < 0x10000) {
      out.put((byte) (maskBit | 126)).putShort((short) payloadLength);
    } else {
      out.put((byte) (maskBit | 127)).putLong(payloadLength);
    }
    if (side == Side.SERVER) return 0;
    // RFC 6455 §5.3: "a fresh masking key from the set of allowed 32-bit values" for each frame
    int key = maskKeys.getAsInt();
    out.putInt(key);
    return key;
  }

  /**
   * Writes a whole frame.
   *
   * @param payload borrowed; its position does not move
   * @param out borrowed, big-endian, with room for the payload and {@link #MAX_HEADER_BYTES}
   */
  void write(Opcode opcode, boolean fin, ByteBuffer payload, ByteBuffer out) {
    int length = payload.remaining();
    int key = writeHeader(opcode, fin, length, out);
    int from = out.position();
    out.put(from, payload, payload.position(), length).position(from + length);
    Masking.apply(key, out, from, from + length);
  }

  /**
   * Writes a whole text message in one frame.
   *
   * @param textBytes what {@link Utf8Encoder#length} says
   * @param out borrowed, big-endian, with room for the text and {@link #MAX_HEADER_BYTES}
   */
  void writeText(String text, int textBytes, ByteBuffer out) {
    int key = writeHeader(Opcode.TEXT, true, textBytes, out);
    int from = out.position();
    Utf8Encoder.encode(text, out);
    Masking.apply(key, out, from, from + textBytes);
  }

  /**
   * Writes a prepared message.
   *
   * @param out borrowed, big-endian, with room for the payload and {@link #MAX_HEADER_BYTES}
   */
  void write(PreparedMessage message, ByteBuffer out) {
    if (side == Side.SERVER) {
      out.put(message.frame());
    } else {
      write(message.opcode(), true, message.payload(), out);
    }
  }
}
