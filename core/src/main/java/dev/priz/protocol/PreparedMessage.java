package dev.priz.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;

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

  private PreparedMessage(Opcode opcode, byte[] payload) {
    ByteBuffer out = ByteBuffer.allocate(FrameWriter.MAX_HEADER_BYTES + payload.length);
    new FrameWriter(Side.SERVER, () -> 0).write(opcode, true, payload, out);
    this.opcode = opcode;
    frame = Arrays.copyOf(out.array(), out.position());
    payloadFrom = frame.length - payload.length;
  }

  /**
   * Prepares a text message.
   *
   * @throws IllegalArgumentException if the text has an unpaired surrogate
   */
  public static PreparedMessage text(String text) {
    // Checks the surrogates, which the JDK would replace.
    Utf8Encoder.length(text);
    return new PreparedMessage(Opcode.TEXT, text.getBytes(UTF_8));
  }

  /**
   * Prepares a binary message.
   *
   * @param data copied
   */
  public static PreparedMessage binary(byte[] data) {
    return new PreparedMessage(Opcode.BINARY, data);
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
}
