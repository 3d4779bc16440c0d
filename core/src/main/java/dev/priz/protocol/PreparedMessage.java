package dev.priz.protocol;

import java.nio.ByteBuffer;

/**
 * A message that is encoded once and sent to any number of connections. It is immutable and may be
 * shared by all threads.
 *
 * <p>A server sends the same bytes to all; a client must mask them anew for each connection (RFC
 * 6455 §5.3), and saves only the encoding of the text.
 */
public final class PreparedMessage {
  private final Opcode opcode;
  private final byte[] frame;
  private final int payloadFrom;

  private PreparedMessage(Opcode opcode, ByteBuffer frame, int payloadFrom) {
    this.opcode = opcode;
    this.frame = new byte[frame.flip().remaining()];
    frame.get(this.frame);
    this.payloadFrom = payloadFrom;
  }

  /**
   * Prepares a text message.
   *
   * @throws IllegalArgumentException if the text has an unpaired surrogate
   */
  public static PreparedMessage text(String text) {
    int length = Utf8Encoder.length(text);
    ByteBuffer frame = ByteBuffer.allocate(FrameWriter.MAX_HEADER_BYTES + length);
    unmasked().writeText(text, length, frame);
    return new PreparedMessage(Opcode.TEXT, frame, frame.position() - length);
  }

  /**
   * Prepares a binary message.
   *
   * @param data copied
   */
  public static PreparedMessage binary(byte[] data) {
    ByteBuffer frame = ByteBuffer.allocate(FrameWriter.MAX_HEADER_BYTES + data.length);
    unmasked().write(Opcode.BINARY, true, data, frame);
    return new PreparedMessage(Opcode.BINARY, frame, frame.position() - data.length);
  }

  /** {@link Opcode#TEXT} or {@link Opcode#BINARY}. */
  public Opcode opcode() {
    return opcode;
  }

  /** The number of bytes in the message, without its frame's header. */
  public int size() {
    return frame.length - payloadFrom;
  }

  /** The whole unmasked frame, not to be changed. */
  byte[] bytes() {
    return frame;
  }

  /** Where the payload stands in {@link #bytes}. */
  int payloadFrom() {
    return payloadFrom;
  }

  /** The payload; a view that its reader may move in but not change. */
  public ByteBuffer payload() {
    return ByteBuffer.wrap(frame, payloadFrom, size()).slice().asReadOnlyBuffer();
  }

  /** The whole unmasked frame; a view that its reader may move in but not change. */
  public ByteBuffer frame() {
    return ByteBuffer.wrap(frame).asReadOnlyBuffer();
  }

  private static FrameWriter unmasked() {
    return new FrameWriter(Side.SERVER, () -> 0);
  }
}
