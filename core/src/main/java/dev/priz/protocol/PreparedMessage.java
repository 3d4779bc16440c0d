package dev.priz.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.priz.protocol.deflate.DeflateHistory;
import dev.priz.protocol.deflate.DeflateLevel;
import dev.priz.protocol.deflate.DeflateOutput;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A message that is encoded once and sent to any number of connections. It is immutable and may be
 * shared by all threads.
 *
 * <p>A server sends the same bytes to all; a client must mask them anew for each connection (RFC
 * 6455 §5.3), and saves only the encoding of the text. For connections that compress it is
 * compressed once for each size of window among them.
 */
public final class PreparedMessage {
  private static final VarHandle FRAMES = MethodHandles.arrayElementVarHandle(Frame[].class);
  private static final int WINDOWS =
      DeflateHistory.MAX_WINDOW_BITS - DeflateHistory.MIN_WINDOW_BITS + 1;

  private final Opcode opcode;
  private final Frame plain;
  private final boolean mayCompress;
  // By window bits; made by the first connection that needs it, at times by several at once, which
  // all come to the same.
  private final @Nullable Frame[] compressed;

  private PreparedMessage(Opcode opcode, Frame plain, boolean mayCompress) {
    this.opcode = opcode;
    this.plain = plain;
    this.mayCompress = mayCompress;
    compressed = new @Nullable Frame[mayCompress ? WINDOWS : 0];
  }

  /**
   * The message as it stands on the wire.
   *
   * @param bytes the whole unmasked frame, not to be changed
   * @param payloadFrom where the payload stands in it
   */
  record Frame(byte[] bytes, int payloadFrom, boolean compressed) {

    static Frame of(Opcode opcode, boolean compressed, byte[] payload, int length) {
      ByteBuffer out = ByteBuffer.allocate(FrameWriter.MAX_HEADER_BYTES + length);
      FrameWriter.writeHeader(opcode, true, compressed, 0, length, out);
      int payloadFrom = out.position();
      out.put(payload, 0, length);
      return new Frame(Arrays.copyOf(out.array(), out.position()), payloadFrom, compressed);
    }
  }

  /**
   * Prepares a text message.
   *
   * @throws IllegalArgumentException if the text has an unpaired surrogate
   */
  public static PreparedMessage text(String text) {
    // Checks the surrogates, which the JDK would replace.
    Utf8Encoder.length(text);
    return of(Opcode.TEXT, text.getBytes(UTF_8));
  }

  /**
   * Prepares a binary message.
   *
   * @param data copied
   */
  public static PreparedMessage binary(byte[] data) {
    return of(Opcode.BINARY, data);
  }

  private static PreparedMessage of(Opcode opcode, byte[] payload) {
    return new PreparedMessage(opcode, Frame.of(opcode, false, payload, payload.length), true);
  }

  /**
   * This message, never to be compressed: for a secret beside text that somebody else has a say in,
   * who could guess it by the length of what goes over the wire (RFC 7692 §8, CRIME and BREACH).
   */
  public PreparedMessage uncompressed() {
    return new PreparedMessage(opcode, plain, false);
  }

  /** {@link Opcode#TEXT} or {@link Opcode#BINARY}. */
  public Opcode opcode() {
    return opcode;
  }

  /** The number of bytes in the message, without its frame's header and before compression. */
  public int size() {
    return plain.bytes().length - plain.payloadFrom();
  }

  /** The payload; a view that its reader may move in but not change. */
  public ByteBuffer payload() {
    return ByteBuffer.wrap(plain.bytes(), plain.payloadFrom(), size()).slice().asReadOnlyBuffer();
  }

  /** The whole unmasked frame; a view that its reader may move in but not change. */
  public ByteBuffer frame() {
    return ByteBuffer.wrap(plain.bytes()).asReadOnlyBuffer();
  }

  /** Whether connections that compress compress it. */
  boolean mayCompress() {
    return mayCompress;
  }

  /** The message as it is. */
  Frame plain() {
    return plain;
  }

  /** The message compressed, alone and within a window, or as it is where that is not shorter. */
  Frame compressed(int windowBits, DeflateLevel level, Scratch scratch) {
    int index = windowBits - DeflateHistory.MIN_WINDOW_BITS;
    Frame known = (Frame) FRAMES.getAcquire(compressed, index);
    if (known != null) return known;
    byte[] bytes = plain.bytes();
    DeflateOutput output = scratch.emptyOutput();
    scratch.encoder(level).compress(windowBits, bytes, plain.payloadFrom(), bytes.length, output);
    boolean shorter = output.length() < size();
    Frame frame = shorter ? Frame.of(opcode, true, output.bytes(), output.length()) : plain;
    FRAMES.setRelease(compressed, index, frame);
    return frame;
  }
}
