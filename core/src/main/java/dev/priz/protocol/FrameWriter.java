package dev.priz.protocol;

import java.nio.ByteBuffer;
import java.util.function.IntSupplier;

/**
 * Puts frames together (RFC 6455 §5.2) in the shortest form, masked on the client's side. It is one
 * object with their order for the reason that {@link FrameReader} is one with its header.
 */
final class FrameWriter extends SendOrder {
  static final int MAX_HEADER_BYTES = 14;

  private final Side side;
  private final IntSupplier maskKeys;
  // For the next piece of a frame that is written in pieces.
  private int turnedKey;

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
   * @param payload borrowed
   * @param out borrowed, big-endian, with room for the payload and {@link #MAX_HEADER_BYTES}
   */
  void write(Opcode opcode, boolean fin, byte[] payload, ByteBuffer out) {
    begin(opcode, fin, payload.length, out);
    writePiece(payload, 0, payload.length, out);
  }

  /** Writes the header of a frame whose payload follows by {@link #writePiece}. */
  void begin(Opcode opcode, boolean fin, int payloadLength, ByteBuffer out) {
    turnedKey = writeHeader(opcode, fin, payloadLength, out);
  }

  /**
   * Writes the next bytes of the payload.
   *
   * @param payload borrowed
   * @param out borrowed, big-endian, with room for them
   */
  void writePiece(byte[] payload, int from, int length, ByteBuffer out) {
    int start = out.position();
    out.put(payload, from, length);
    Masking.apply(turnedKey, out, start, start + length);
    turnedKey = Masking.turn(turnedKey, length);
  }

  /**
   * Writes a whole text message in one frame.
   *
   * @param textBytes what {@link Utf8Encoder#length} says
   * @param out borrowed, big-endian, with room for the text and {@link #MAX_HEADER_BYTES}
   */
  void writeText(String text, int textBytes, ByteBuffer out, Scratch scratch) {
    int key = writeHeader(Opcode.TEXT, true, textBytes, out);
    int from = out.position();
    Utf8Encoder.encode(text, textBytes, out, scratch);
    Masking.apply(key, out, from, from + textBytes);
  }

  /**
   * Writes a prepared message.
   *
   * @param out borrowed, big-endian, with room for the payload and {@link #MAX_HEADER_BYTES}
   */
  void write(PreparedMessage message, ByteBuffer out) {
    if (side == Side.SERVER) {
      out.put(message.bytes());
    } else {
      begin(message.opcode(), true, message.size(), out);
      writePiece(message.bytes(), message.payloadFrom(), message.size(), out);
    }
  }
}
