package dev.priz.protocol;

import dev.priz.protocol.deflate.DeflateOutput;
import java.nio.ByteBuffer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts frames together (RFC 6455 §5.2) in the shortest form, masked on the client's side and
 * compressed where that was agreed. It is one object with their order for the reason that {@link
 * FrameReader} is one with its header.
 */
final class FrameWriter extends SendOrder {
  static final int MAX_HEADER_BYTES = 14;
  private static final int RSV1 = 0x40;
  private static final int MASKED = 0x80;

  private final Side side;
  private final IntSupplier maskKeys;
  private final Scratch scratch;
  private @Nullable MessageDeflater deflater;
  // Of a frame that is written in pieces: its payload, null once it is written, and the key for the
  // next piece.
  private byte @Nullable [] rest;
  private int turnedKey;

  /**
   * A writer for one side.
   *
   * @param maskKeys gives unpredictable keys; asked once for each frame, and by clients only
   * @param scratch lent
   */
  FrameWriter(Side side, IntSupplier maskKeys, Scratch scratch) {
    this.side = side;
    this.maskKeys = maskKeys;
    this.scratch = scratch;
  }

  /** Has messages compressed from now on. */
  void deflate(MessageDeflater messageDeflater) {
    deflater = messageDeflater;
  }

  /**
   * Writes a whole frame.
   *
   * @param mayCompress whether the message may be compressed
   * @param payload borrowed
   * @param out borrowed, big-endian, with room for {@link Connection#maxFrameBytes}
   */
  void write(
      Opcode opcode, boolean fin, boolean mayCompress, byte[] payload, int length, ByteBuffer out) {
    DeflateOutput deflated = deflated(opcode, fin, mayCompress, payload, length);
    if (deflated == null) {
      begin(opcode, fin, false, length, out);
      writePiece(payload, 0, length, out);
    } else {
      begin(opcode, fin, true, deflated.length(), out);
      writePiece(deflated.bytes(), 0, deflated.length(), out);
    }
  }

  /** Writes a control frame, for which there is room. */
  void writeControl(Opcode opcode, byte[] payload, ByteBuffer out) {
    begin(opcode, true, false, payload.length, out);
    writePiece(payload, 0, payload.length, out);
  }

  /**
   * Writes the header of a frame whose payload follows by {@link #writeRest}.
   *
   * @param payload borrowed until all of it is written
   */
  void begin(Opcode opcode, boolean fin, boolean mayCompress, byte[] payload, ByteBuffer out) {
    DeflateOutput deflated = deflated(opcode, fin, mayCompress, payload, payload.length);
    byte[] pieces = deflated == null ? payload : deflated.copy();
    rest = pieces.length == 0 ? null : pieces;
    inPieces(pieces.length);
    begin(opcode, fin, deflated != null, pieces.length, out);
  }

  /** Writes as many of the next bytes of the payload as there is room for. */
  void writeRest(ByteBuffer out) {
    byte[] pieces = rest;
    if (pieces == null) return;
    int from = pieces.length - missingBytes();
    int length = Math.min(missingBytes(), out.remaining());
    writePiece(pieces, from, length, out);
    wrote(length);
    if (missingBytes() == 0) rest = null;
  }

  /**
   * Writes a whole text message in one frame.
   *
   * @param textBytes what {@link Utf8Encoder#length} says
   * @param out borrowed, big-endian, with room for {@link Connection#maxFrameBytes}
   */
  void writeText(String text, int textBytes, ByteBuffer out) {
    byte[] utf8 = Utf8Encoder.encode(text, textBytes, scratch);
    write(Opcode.TEXT, true, true, utf8, textBytes, out);
  }

  /**
   * Writes a prepared message.
   *
   * @param out borrowed, big-endian, with room for the payload and {@link #MAX_HEADER_BYTES}
   */
  void write(PreparedMessage message, ByteBuffer out) {
    PreparedMessage.Frame frame =
        deflater == null ? message.plain() : deflater.deflate(message, scratch);
    byte[] bytes = frame.bytes();
    if (side == Side.SERVER) {
      out.put(bytes);
    } else {
      int length = bytes.length - frame.payloadFrom();
      begin(message.opcode(), true, frame.compressed(), length, out);
      writePiece(bytes, frame.payloadFrom(), length, out);
    }
  }

  /** Whether a prepared message's frame would go out as it stands now. */
  boolean sendsPreparedFrames() {
    return side == Side.SERVER && deflater == null && isBetweenMessages();
  }

  /**
   * Writes a header up to its mask key.
   *
   * @param compressed whether the payload is
   * @param maskBit {@link #MASKED} or 0
   * @param out borrowed, big-endian, with room for {@link #MAX_HEADER_BYTES}
   */
  static void writeHeader(
      Opcode opcode,
      boolean fin,
      boolean compressed,
      int maskBit,
      int payloadLength,
      ByteBuffer out) {
    int first = fin ? 0x80 | opcode.code() : opcode.code();
    // RFC 7692 §6.1: only the first frame of a message says that it is compressed.
    boolean says = compressed && opcode != Opcode.CONTINUATION;
    out.put((byte) (says ? first | RSV1 : first));
    if (payloadLength < 126) {
      out.put((byte) (maskBit | payloadLength));
    } else if (payloadLength < 0x10000) {
      out.put((byte) (maskBit | 126)).putShort((short) payloadLength);
    } else {
      out.put((byte) (maskBit | 127)).putLong(payloadLength);
    }
  }

  private @Nullable DeflateOutput deflated(
      Opcode opcode, boolean fin, boolean mayCompress, byte[] payload, int length) {
    return deflater == null
        ? null
        : deflater.deflate(opcode, fin, mayCompress, payload, length, scratch);
  }

  private void begin(
      Opcode opcode, boolean fin, boolean compressed, int payloadLength, ByteBuffer out) {
    if (side == Side.SERVER) {
      writeHeader(opcode, fin, compressed, 0, payloadLength, out);
      turnedKey = 0;
    } else {
      writeHeader(opcode, fin, compressed, MASKED, payloadLength, out);
      // RFC 6455 §5.3: "a fresh masking key from the set of allowed 32-bit values" for each frame
      turnedKey = maskKeys.getAsInt();
      out.putInt(turnedKey);
    }
  }

  private void writePiece(byte[] payload, int from, int length, ByteBuffer out) {
    int start = out.position();
    out.put(payload, from, length);
    Masking.apply(turnedKey, out, start, start + length);
    turnedKey = Masking.turn(turnedKey, length);
  }
}
